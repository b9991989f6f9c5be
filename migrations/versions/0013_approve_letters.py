"""Approve: who wrote and who approved a letter, what was approved, and when it first left."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

import mailer.db
from mailer import ddl

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TIME = mailer.db.UTCDateTime(timezone=True)
ACT = sa.Enum(
    "edited",
    "asked",
    "approved",
    "approved_alone",
    "taken_back",
    name="act",
    native_enum=False,
    length=20,
)


def upgrade() -> None:
    ddl.add("issue", "sent_at TIME")
    op.create_index(op.f("ix_issue_sent_at"), "issue", ["sent_at"])
    op.execute(
        "UPDATE issue SET sent_at = (SELECT min(started_at) FROM campaign"
        " WHERE campaign.issue_id = issue.id)"
    )
    ddl.add("approved_letter", "content_hash VARCHAR(64) DEFAULT '' NOT NULL")
    _hash_letters()
    ddl.add("campaign", "content_hash VARCHAR(64) DEFAULT '' NOT NULL")
    op.execute(
        "UPDATE campaign SET content_hash = coalesce((SELECT content_hash FROM approved_letter"
        " WHERE approved_letter.issue_id = campaign.issue_id), '')"
    )
    op.create_table(
        "letter_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("act", ACT, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"],
            ["issue.id"],
            name=op.f("fk_letter_event_issue_id_issue"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_event")),
    )
    op.create_index(op.f("ix_letter_event_issue_id"), "letter_event", ["issue_id"])


def _hash_letters() -> None:
    """As newsletters/approvals.py hashed them on the day of this migration."""
    issue = sa.table("issue", *map(sa.column, ("id", "subject", "preheader", "language")))
    issue.append_column(sa.column("blocks", sa.JSON()))
    letter = sa.table(
        "approved_letter", *map(sa.column, ("issue_id", "content_hash", "subject", "html", "text"))
    )
    drawn = (letter.c.subject, letter.c.html, letter.c.text)
    written = (issue.c.subject, issue.c.preheader, issue.c.language, issue.c.blocks)
    found = sa.select(letter.c.issue_id, *written, *drawn).join(
        issue, issue.c.id == letter.c.issue_id
    )
    for number, *told in op.get_bind().execute(found).all():
        plain = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(plain.encode()).hexdigest()
        op.execute(
            sa.update(letter).where(letter.c.issue_id == number).values(content_hash=digest)
        )


def downgrade() -> None:
    op.drop_table("letter_event")
    op.drop_column("campaign", "content_hash")
    op.drop_column("approved_letter", "content_hash")
    op.drop_index(op.f("ix_issue_sent_at"), "issue")
    op.drop_column("issue", "sent_at")
