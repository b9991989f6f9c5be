"""Find the first who came on a day without sorting everybody who came since."""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    together = op.f("ix_subscriber_created_at_id")
    op.create_index(together, "subscriber", ["created_at", "id"])
    op.drop_index(op.f("ix_subscriber_created_at"), "subscriber")


def downgrade() -> None:
    alone = op.f("ix_subscriber_created_at")
    op.create_index(alone, "subscriber", ["created_at"])
    op.drop_index(op.f("ix_subscriber_created_at_id"), "subscriber")
