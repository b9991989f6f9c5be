"""Try the links of letters before they leave."""

import sqlalchemy as sa
from alembic import op

import mailer.db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TIME = mailer.db.UTCDateTime(timezone=True)
STANDINGS = ("reached", "gone", "unknown-site", "silent")


def upgrade() -> None:
    op.create_table(
        "link_check",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=True),
        sa.Column("tried_at", TIME, nullable=True),
        sa.Column("standing", sa.Enum(*STANDINGS, native_enum=False, length=20), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_link_check")),
    )
    op.create_index(op.f("ix_link_check_asked_at"), "link_check", ["asked_at"])
    op.create_index(op.f("ix_link_check_due_at"), "link_check", ["due_at"])


def downgrade() -> None:
    op.drop_table("link_check")
