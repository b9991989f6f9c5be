"""Find the subscriptions that rest on an event: an erasure and a purge of events ask for them."""

from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_subscription_consent_id"), "subscription", ["consent_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_subscription_consent_id"), table_name="subscription")
