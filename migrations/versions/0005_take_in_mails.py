"""Take in mails: how far each watched mailbox is read, and what came there."""

import sqlalchemy as sa
from alembic import op

import mailer.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIME = mailer.db.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "mailbox_position",
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("read_at", TIME, nullable=False),
        sa.Column("failing_uid", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", name=op.f("pk_mailbox_position")),
    )
    op.create_table(
        "incoming_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("taken_in_at", TIME, nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quoted", sa.Text(), nullable=False),
        sa.Column("suggested", sa.JSON(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column(
            "ignored",
            _words("ignored", "own", "bounce", "automatic", "list"),
            nullable=True,
        ),
        sa.Column(
            "state",
            _words("state", "waiting", "attached", "accepted", "set_aside"),
            nullable=False,
        ),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("related_to", sa.String(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", TIME, nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)",
            name=op.f("ck_incoming_mail_decided_or_waiting"),
        ),
        sa.CheckConstraint(
            "(state IN ('accepted', 'attached')) = (request_id IS NOT NULL)",
            name=op.f("ck_incoming_mail_has_its_case"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_incoming_mail_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_mail")),
        sa.UniqueConstraint("digest", name=op.f("uq_incoming_mail_digest")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incoming_mail", schema=None) as batch_op:
        for columns in (["fingerprint"], ["request_id"], ["state", "received_at", "id"]):
            name = batch_op.f(f"ix_incoming_mail_{'_'.join(columns)}")
            batch_op.create_index(name, columns, unique=False)


def downgrade() -> None:
    op.drop_table("incoming_mail")
    op.drop_table("mailbox_position")


def _words(name: str, *known: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=20)
