"""Addresses are found by their beginning and by a part of them."""

import sqlalchemy as sa
from alembic import op

from mailer.ddl import is_sqlite
from mailer.subscriptions import index_ddl

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "address_index",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reaches", sa.Integer(), server_default="0", nullable=False),
        sa.Column("departures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("merged", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_index")),
    )
    op.create_index(op.f("ix_subscriber_created_at"), "subscriber", ["created_at"])
    if not is_sqlite():
        # A million addresses take longer to index than any statement of a page may take.
        op.execute("SET LOCAL statement_timeout = 0")
    for statement in index_ddl.ON_SQLITE if is_sqlite() else index_ddl.ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    for statement in index_ddl.GONE_ON_SQLITE if is_sqlite() else index_ddl.GONE_ON_POSTGRESQL:
        op.execute(statement)
    op.drop_index(op.f("ix_subscriber_created_at"), "subscriber")
    op.drop_table("address_index")
