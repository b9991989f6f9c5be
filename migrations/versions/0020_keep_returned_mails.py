"""Keep the mails that come back and say more than what became of ours."""

import sqlalchemy as sa
from alembic import op

import mailer.db

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TIME = mailer.db.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "returned_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column("delivery_id", sa.BigInteger(), nullable=True),
        sa.Column("is_proven", sa.Boolean(), nullable=False),
        sa.Column("asks_to_stop", sa.Boolean(), nullable=False),
        sa.Column("taken_in_at", TIME, nullable=True),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)",
            name=op.f("ck_returned_mail_decided_or_waiting"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_mail")),
        sa.UniqueConstraint("digest", name=op.f("uq_returned_mail_digest")),
        sqlite_autoincrement=True,
    )
    for columns in (("delivery_id",), ("fingerprint",), ("received_at",), ("state", "id")):
        op.create_index(f"ix_returned_mail_{'_'.join(columns)}", "returned_mail", list(columns))
    op.create_index(
        "ix_returned_mail_objections",
        "returned_mail",
        ["id"],
        sqlite_where=sa.text("asks_to_stop AND taken_in_at IS NULL"),
        postgresql_where=sa.text("asks_to_stop AND taken_in_at IS NULL"),
    )
    op.create_table(
        "collected_mail",
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("uidl", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("taken_at", TIME, nullable=True),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", "uidl", name=op.f("pk_collected_mail")),
    )


def downgrade() -> None:
    op.drop_table("collected_mail")
    op.drop_table("returned_mail")
