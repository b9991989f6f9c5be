"""An endpoint that fails rests, and others are told meanwhile."""

import sqlalchemy as sa
from alembic import op

from mailer.db import UTCDateTime

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

DUE = "ix_webhook_telling_due"
LEFT = sa.text("next_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("webhook_endpoint", sa.Column("failing_since", UTCDateTime(), nullable=True))
    op.add_column("webhook_endpoint", sa.Column("rests_until", UTCDateTime(), nullable=True))
    _index("endpoint_id", "next_at")


def downgrade() -> None:
    _index("next_at")
    op.drop_column("webhook_endpoint", "rests_until")
    op.drop_column("webhook_endpoint", "failing_since")


def _index(*columns: str) -> None:
    op.drop_index(DUE, "webhook_telling")
    op.create_index(
        DUE, "webhook_telling", list(columns), sqlite_where=LEFT, postgresql_where=LEFT
    )
