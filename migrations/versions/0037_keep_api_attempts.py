"""Keep what was answered to a request that a program may send again."""

import sqlalchemy as sa
from alembic import op

from mailer.db import UTCDateTime

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_attempt",
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("given_digest", sa.String(), nullable=False),
        sa.Column("request_digest", sa.String(), nullable=False),
        sa.Column("began_at", UTCDateTime(), nullable=False),
        sa.Column("lease_until", UTCDateTime(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("location", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(status IS NULL) = (answer IS NULL)", name=op.f("ck_api_attempt_answered_whole")
        ),
        sa.ForeignKeyConstraint(
            ["key_id"],
            ["api_key.id"],
            name=op.f("fk_api_attempt_key_id_api_key"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key_id", "given_digest", name=op.f("pk_api_attempt")),
    )
    op.create_index(op.f("ix_api_attempt_began_at"), "api_attempt", ["began_at"])


def downgrade() -> None:
    op.drop_table("api_attempt")
