"""Keep whole files of requests: who asks and heard, papers, corrections, what purged ones leave."""

import sqlalchemy as sa
from alembic import op

import mailer.db
from mailer import ddl

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIME = mailer.db.UTCDateTime(timezone=True)
CREATED = ("rights_correction", "rights_document", "rights_statistic")
ADDED = (
    (
        "rights_request",
        "requester VARCHAR(20) DEFAULT 'self' NOT NULL CONSTRAINT ck_rights_request_requester CHECK (requester IN ('self', 'mandate', 'parent', 'heir', 'officer'))",
    ),
    ("rights_request", "representative VARCHAR DEFAULT '' NOT NULL"),
    ("rights_request", "contact VARCHAR DEFAULT '' NOT NULL"),
    ("rights_request", "heard_by VARCHAR DEFAULT '' NOT NULL"),
    ("rights_request", "postal_address TEXT DEFAULT '' NOT NULL"),
    (
        "rights_request",
        "answer_via VARCHAR(20) DEFAULT 'email' NOT NULL CONSTRAINT ck_rights_request_via CHECK (answer_via IN ('email', 'post', 'hand'))",
    ),
    ("rights_request", "decided_by VARCHAR DEFAULT '' NOT NULL"),
    ("rights_request", "ended_as VARCHAR DEFAULT '' NOT NULL"),
    ("rights_request", "archived_at TIME"),
    (
        "rights_task",
        "kind VARCHAR(20) DEFAULT 'processor' NOT NULL CONSTRAINT ck_rights_task_taskkind CHECK (kind IN ('processor', 'system'))",
    ),
    ("rights_task", "proof TEXT DEFAULT '' NOT NULL"),
)
LETTERS = (
    "kind IN ('acknowledgement', 'receipt', 'identity_question', 'unidentified', 'extension',"
    " 'access', 'nothing_held', 'rectification', 'objection', 'erasure', 'restriction',"
    " 'restriction_end', 'portability', 'refusal', 'excess', 'recipients', 'breach', 'answer')"
)
CHANNELS = "channel IN ('form', 'email', 'post', 'phone', 'counter')"
WIDENED = (
    ("rights_letter", "kind", LETTERS, LETTERS.replace("'breach',", "'breach', 'closure',")),
    (
        "rights_request",
        "channel",
        CHANNELS,
        CHANNELS.replace("'counter'", "'counter', 'agent', 'cnil'"),
    ),
)
RIGHTS = (
    *("access", "rectification", "objection", "erasure", "restriction", "portability"),
    *("withdrawal", "post_mortem", "unclear"),
)
STATES = (
    *("received", "identity_pending", "in_progress", "ready", "answered", "withdrawn"),
    *("unidentified", "duplicate", "not_a_request", "transferred", "archived"),
)


def upgrade() -> None:
    _create_documents()
    _create_corrections()
    _create_statistics()
    for table, column in ADDED:
        ddl.add(table, column)
    for table, constraint, before, after in WIDENED:
        ddl.allow(table, constraint, before, after)
    op.execute("UPDATE rights_request SET ended_as = state WHERE closed_at IS NOT NULL")


def downgrade() -> None:
    for table, constraint, before, after in WIDENED:
        ddl.allow(table, constraint, after, before)
    for table, column in reversed(ADDED):
        op.drop_column(table, column.split()[0])
    for name in reversed(CREATED):
        op.drop_table(name)


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _of_a_request(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_request_id_rights_request")
    return sa.ForeignKeyConstraint(
        ["request_id"], ["rights_request.id"], name=name, ondelete="CASCADE"
    )


def _create_documents() -> None:
    op.create_table(
        "rights_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", _words("documentkind", "scan", "mandate", "message"), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        _of_a_request("rights_document"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_document")),
    )
    op.create_index(op.f("ix_rights_document_request_id"), "rights_document", ["request_id"])


def _create_corrections() -> None:
    op.create_table(
        "rights_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("done_at", TIME, nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        _of_a_request("rights_correction"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_correction")),
    )
    op.create_index(op.f("ix_rights_correction_request_id"), "rights_correction", ["request_id"])


def _create_statistics() -> None:
    channels = ("form", "email", "post", "phone", "counter", "agent", "cnil")
    outcomes = ("granted", "partly", "refused", "no_data", "not_applicable")
    op.create_table(
        "rights_statistic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("right", _words("right", *RIGHTS), nullable=False),
        sa.Column("channel", _words("channel", *channels), nullable=False),
        sa.Column("ending", _words("state", *STATES), nullable=False),
        sa.Column("outcome", _words("outcome", *outcomes), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("is_extended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_statistic")),
    )
    op.create_index(op.f("ix_rights_statistic_year"), "rights_statistic", ["year"])
