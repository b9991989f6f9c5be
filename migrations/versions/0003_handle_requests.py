"""Handle requests: where each stands, what was asked, decided, noted, sent and handed over."""

import sqlalchemy as sa
from alembic import op

import mailer.db

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TIME = mailer.db.UTCDateTime(timezone=True)
CREATED = (
    "rights_extension",
    "rights_handover",
    "rights_identity_question",
    "rights_note",
    "rights_task",
)
# Column by column and with its check: both databases can add it so to a table that is in use.
ADDED = (
    (
        "rights_letter",
        "via VARCHAR(20) DEFAULT 'email' NOT NULL CONSTRAINT ck_rights_letter_via CHECK (via IN ('email', 'post', 'hand'))",
    ),
    ("rights_letter", "language VARCHAR DEFAULT 'fr' NOT NULL"),
    ("rights_letter", "version VARCHAR DEFAULT '' NOT NULL"),
    ("rights_letter", "source TEXT DEFAULT '' NOT NULL"),
    ("rights_letter", "sha256 VARCHAR DEFAULT '' NOT NULL"),
    (
        "rights_letter",
        "delivery VARCHAR(20) DEFAULT 'queued' NOT NULL CONSTRAINT ck_rights_letter_delivery CHECK (delivery IN ('queued', 'to_post', 'sent', 'failed'))",
    ),
    ("rights_letter", "delivered_at TIME"),
    ("rights_letter", "status VARCHAR DEFAULT '' NOT NULL"),
    ("rights_request", "proven INTEGER DEFAULT 0 NOT NULL"),
    ("rights_request", "assignee VARCHAR DEFAULT '' NOT NULL"),
    ("rights_request", "related_to VARCHAR DEFAULT '' NOT NULL"),
    ("rights_request", "complaint_number VARCHAR DEFAULT '' NOT NULL"),
    (
        "rights_request",
        "hold VARCHAR(20) DEFAULT 'none' NOT NULL CONSTRAINT ck_rights_request_hold CHECK (hold IN ('none', 'complaint', 'litigation'))",
    ),
    ("rights_request", "lift_told_at TIME"),
    ("rights_request", "lifted_at TIME"),
    ("rights_request", "draft TEXT DEFAULT '' NOT NULL"),
    (
        "rights_request_line",
        "ground VARCHAR(20) CONSTRAINT ck_rights_request_line_ground CHECK (ground IN ('not_identified', 'not_opened', 'legal_obligation', 'legal_claims', 'others_rights', 'excessive', 'not_concerned'))",
    ),
    ("rights_request_line", "reason TEXT DEFAULT '' NOT NULL"),
)

# Which words a column may hold, before and after.
WIDENED = (
    (
        "rights_letter",
        "kind",
        "kind IN ('acknowledgement', 'objection', 'answer', 'refusal')",
        "kind IN ('acknowledgement', 'receipt', 'identity_question', 'unidentified', 'extension',"
        " 'access', 'nothing_held', 'rectification', 'objection', 'erasure', 'restriction',"
        " 'restriction_end', 'portability', 'refusal', 'excess', 'recipients', 'breach', 'answer')",
    ),
    (
        "rights_request",
        "state",
        "state IN ('received', 'answered', 'withdrawn', 'duplicate', 'not_a_request')",
        "state IN ('received', 'identity_pending', 'in_progress', 'ready', 'answered',"
        " 'withdrawn', 'unidentified', 'duplicate', 'not_a_request', 'transferred', 'archived')",
    ),
    (
        "rights_request_line",
        "outcome",
        "outcome IN ('granted', 'partly', 'refused', 'no_data')",
        "outcome IN ('granted', 'partly', 'refused', 'no_data', 'not_applicable')",
    ),
)


def upgrade() -> None:
    _create_tables()
    moment = "DATETIME" if _is_sqlite() else "TIMESTAMP WITH TIME ZONE"
    for table, column in ADDED:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column.replace(' TIME', f' {moment}')}")
    op.create_index(op.f("ix_rights_letter_message_id"), "rights_letter", ["message_id"])
    for table, constraint, before, after in WIDENED:
        _allow(table, constraint, before, after)


def downgrade() -> None:
    for table, constraint, before, after in WIDENED:
        _allow(table, constraint, after, before)
    op.drop_index(op.f("ix_rights_letter_message_id"), "rights_letter")
    for table, column in reversed(ADDED):
        op.drop_column(table, column.split()[0])
    for name in reversed(CREATED):
        op.drop_table(name)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _allow(table: str, constraint: str, before: str, after: str) -> None:
    """Change a rule; on SQLite as its documentation has it (lang_altertable.html, 8)."""
    if not _is_sqlite():
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{constraint}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{constraint} CHECK ({after})")
        return
    op.execute("PRAGMA writable_schema = ON")
    changed = sa.text("UPDATE sqlite_schema SET sql = replace(sql, :old, :new) WHERE name = :table")
    op.execute(changed.bindparams(old=before, new=after, table=table))
    op.execute("PRAGMA writable_schema = RESET")


def _create_tables() -> None:
    op.create_table(
        "rights_extension",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "complexity",
                "number",
                name="extensionground",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_rights_extension_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_rights_extension")),
    )
    op.create_table(
        "rights_handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("opens_from", TIME, nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("code_until", TIME, nullable=True),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("opened_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_rights_handover_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_handover")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("rights_handover", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rights_handover_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rights_handover_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "rights_identity_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("doubt", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.CheckConstraint(
            "answered_on IS NULL OR asked_on <= answered_on",
            name=op.f("ck_rights_identity_question_asked_first"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_rights_identity_question_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_identity_question")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("rights_identity_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rights_identity_question_request_id_asked_on"),
            ["request_id", "asked_on"],
            unique=False,
        )
        batch_op.create_index(
            "uq_rights_identity_question_open",
            ["request_id"],
            unique=True,
            sqlite_where=sa.text("answered_on IS NULL"),
            postgresql_where=sa.text("answered_on IS NULL"),
        )

    op.create_table(
        "rights_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_rights_note_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_note")),
    )
    with op.batch_alter_table("rights_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rights_note_request_id"), ["request_id"], unique=False)

    op.create_table(
        "rights_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("processor", sa.String(), nullable=False),
        sa.Column("done_at", TIME, nullable=True),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_rights_task_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_task")),
        sa.UniqueConstraint(
            "request_id", "processor", name=op.f("uq_rights_task_request_id_processor")
        ),
    )
