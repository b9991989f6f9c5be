"""Let a list close, greet, and stay off the form of all lists."""

import sqlalchemy as sa
from alembic import op

from mailer.db import UTCDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sa.Column("welcome", sa.String(), server_default="", nullable=False)
    op.add_column("mailing_list", text)
    off = sa.Column("unlisted", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("mailing_list", off)
    op.add_column("mailing_list", sa.Column("closed_at", UTCDateTime()))
    op.create_index(op.f("ix_mailing_list_closed_at"), "mailing_list", ["closed_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_mailing_list_closed_at"), "mailing_list")
    for name in ("closed_at", "unlisted", "welcome"):
        op.drop_column("mailing_list", name)
