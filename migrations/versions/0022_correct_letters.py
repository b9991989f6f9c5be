"""A letter that corrects another goes to those whom that one reached."""

from alembic import op

from mailer import ddl

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ddl.add("campaign", "corrects INTEGER")


def downgrade() -> None:
    op.drop_column("campaign", "corrects")
