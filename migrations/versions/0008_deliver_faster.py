"""Deliver: leave relays alone, count against limits, send again what is uncertain, know workers."""

import sqlalchemy as sa
from alembic import op

import mailer.db
from mailer import ddl

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TIME = mailer.db.UTCDateTime(timezone=True)
CREATED = ("relay_pause", "sending_window", "worker_beat")


def upgrade() -> None:
    ddl.add("delivery", "repeats INTEGER DEFAULT 0 NOT NULL")
    op.create_index(
        "ix_delivery_uncertain",
        "delivery",
        ["campaign_id", "id"],
        sqlite_where=sa.text("state = 'uncertain'"),
        postgresql_where=sa.text("state = 'uncertain'"),
    )
    op.create_table(
        "relay_pause",
        sa.Column("relay", sa.String(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("until", TIME, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("relay", name=op.f("pk_relay_pause")),
    )
    op.create_table(
        "sending_window",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("span", sa.String(), nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "span", "starts_at", name=op.f("pk_sending_window")),
    )
    op.create_table(
        "worker_beat",
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("beat_at", TIME, nullable=False),
        sa.Column("doing", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_worker_beat")),
    )


def downgrade() -> None:
    for name in CREATED:
        op.drop_table(name)
    op.drop_index("ix_delivery_uncertain", "delivery")
    op.drop_column("delivery", "repeats")
