"""People come to the desk by an invitation, and each reads its mails in their own language."""

import sqlalchemy as sa
from alembic import op

from mailer import ddl
from mailer.db import UTCDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("sendings", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("email", name=op.f("uq_invitation_email")),
        sqlite_autoincrement=True,
    )
    ddl.add("account", "language VARCHAR NOT NULL DEFAULT 'fr'")


def downgrade() -> None:
    op.drop_column("account", "language")
    op.drop_table("invitation")
