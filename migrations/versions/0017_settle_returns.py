"""Settle what comes back: say whether a report can only be ours."""

from alembic import op

from mailer import ddl

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ddl.add("provider_event", "is_proven BOOLEAN DEFAULT true NOT NULL")


def downgrade() -> None:
    op.drop_column("provider_event", "is_proven")
