"""Keep who somebody of an account is at the provider of identities."""

import sqlalchemy as sa
from alembic import op

from mailer.db import UTCDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("follows_groups", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_account_identity_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_identity")),
        sa.UniqueConstraint(
            "account_id", "issuer", name=op.f("uq_account_identity_account_id_issuer")
        ),
        sa.UniqueConstraint(
            "issuer", "subject_id", name=op.f("uq_account_identity_issuer_subject_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("account_identity")
