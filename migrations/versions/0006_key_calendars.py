"""Key calendars: the address of an officer's calendar outlives their sessions."""

from alembic import op

from mailer import ddl

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ddl.add("account", "calendar_key VARCHAR DEFAULT '' NOT NULL")


def downgrade() -> None:
    op.drop_column("account", "calendar_key")
