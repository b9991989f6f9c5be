"""Take in what sending services tell, and count what is refused in their names."""

import sqlalchemy as sa
from alembic import op

import mailer.db

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TIME = mailer.db.UTCDateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "provider_event",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("is_permanent", sa.Boolean(), nullable=True),
        sa.Column("feedback_type", sa.String(), nullable=False),
        sa.Column("delivery_id", sa.BigInteger(), nullable=True),
        sa.Column("at", TIME, nullable=True),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("handled_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_event")),
        sa.UniqueConstraint(
            "provider", "event_id", name=op.f("uq_provider_event_provider_event_id")
        ),
    )
    for column in ("delivery_id", "fingerprint", "received_at"):
        op.create_index(f"ix_provider_event_{column}", "provider_event", [column])
    op.create_index(
        "ix_provider_event_to_do",
        "provider_event",
        ["id"],
        sqlite_where=sa.text("handled_at IS NULL"),
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_table(
        "refused_request",
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("provider", "day", name=op.f("pk_refused_request")),
    )


def downgrade() -> None:
    op.drop_table("refused_request")
    op.drop_table("provider_event")
