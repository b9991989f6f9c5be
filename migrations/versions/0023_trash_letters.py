"""A draft can be put into the trash."""

from alembic import op

from mailer import ddl

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ddl.add("issue", "trashed_at TIME")


def downgrade() -> None:
    op.drop_column("issue", "trashed_at")
