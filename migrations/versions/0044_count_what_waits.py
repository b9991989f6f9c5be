"""Count what waits, and what ended just now, without reading what ended long ago."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

MAILS = "ix_outbox_message_state_ended_at"
TELLINGS = "ix_webhook_telling_not_sent"
OPEN = sa.text("state <> 'sent'")


def upgrade() -> None:
    op.create_index(op.f(MAILS), "outbox_message", ["state", "ended_at"])
    op.create_index(
        TELLINGS, "webhook_telling", ["state"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    op.drop_index(TELLINGS, table_name="webhook_telling")
    op.drop_index(op.f(MAILS), table_name="outbox_message")
