"""Keep what happened, who is told of it, and what became of each telling."""

import sqlalchemy as sa
from alembic import op

from mailer.db import UTCDateTime

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

STATE = sa.Enum("queued", "sent", "dead", name="state", native_enum=False, length=20)


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_event_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_at"), "event", ["at"])
    untold = sa.text("told_at IS NULL")
    op.create_index(
        "ix_event_untold", "event", ["id"], sqlite_where=untold, postgresql_where=untold
    )
    op.create_table(
        "webhook_endpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("kinds", sa.String(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_previous", sa.LargeBinary(), nullable=True),
        sa.Column("previous_until", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("disabled_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(sealed_previous IS NULL) = (previous_until IS NULL)",
            name=op.f("ck_webhook_endpoint_previous_ends"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoint")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "webhook_telling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("endpoint_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", UTCDateTime(), nullable=True),
        sa.Column("tried_at", UTCDateTime(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(next_at IS NOT NULL) = (state = 'queued')",
            name=op.f("ck_webhook_telling_queued_has_hour"),
        ),
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["webhook_endpoint.id"],
            name=op.f("fk_webhook_telling_endpoint_id_webhook_endpoint"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_webhook_telling_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_telling")),
        sa.UniqueConstraint(
            "endpoint_id", "event_id", name=op.f("uq_webhook_telling_endpoint_id_event_id")
        ),
        sqlite_autoincrement=True,
    )
    due = sa.text("next_at IS NOT NULL")
    op.create_index(
        "ix_webhook_telling_due",
        "webhook_telling",
        ["next_at"],
        sqlite_where=due,
        postgresql_where=due,
    )
    op.create_index(op.f("ix_webhook_telling_event_id"), "webhook_telling", ["event_id"])


def downgrade() -> None:
    op.drop_table("webhook_telling")
    op.drop_table("webhook_endpoint")
    op.drop_table("event")
