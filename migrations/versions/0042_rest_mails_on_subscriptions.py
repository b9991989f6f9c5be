"""A mail that rests on a subscription names it, so that its ground is asked for once more."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox_message", sa.Column("subscription_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox_message", "subscription_id")
