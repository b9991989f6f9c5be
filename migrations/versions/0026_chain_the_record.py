"""Chain the record of what was done and seen; its entries stay, and begin the chain.

The worker gives them their links, in their order, when it next starts.
"""

import sqlalchemy as sa
from alembic import op

from mailer import ddl, triggers
from mailer.db import UTCDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

INDEXED = ("actor", "verb", "subject")
HAS_CASE = sa.text("for_case <> ''")
GUARDED = {
    "audit_entry": triggers.Unless(
        "refuse_uncut_entry",
        "SELECT 1 FROM audit_link, audit_cut"
        " WHERE audit_link.entry_id = OLD.id AND audit_link.seq <= audit_cut.seq",
    ),
    "audit_link": triggers.Unless(
        "refuse_uncut_link", "SELECT 1 FROM audit_cut WHERE OLD.seq <= audit_cut.seq"
    ),
    "audit_cut": triggers.Unless(
        "refuse_last_cut", "SELECT 1 FROM audit_cut WHERE OLD.seq < audit_cut.seq"
    ),
    "audit_anchor": None,
}


def upgrade() -> None:
    ddl.add("audit_entry", "for_case VARCHAR DEFAULT '' NOT NULL")
    ddl.add("audit_entry", "why VARCHAR DEFAULT '' NOT NULL")
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"])
    for column in INDEXED:
        op.create_index(op.f(f"ix_audit_entry_{column}_id"), "audit_entry", [column, "id"])
    op.create_index(
        op.f("ix_audit_entry_for_case_id"),
        "audit_entry",
        ["for_case", "id"],
        sqlite_where=HAS_CASE,
        postgresql_where=HAS_CASE,
    )
    _create_links()
    _create_signed("audit_cut", "seq")
    _create_signed("audit_anchor", "id", sa.Column("seq", sa.Integer(), nullable=False))
    op.create_table(
        "audit_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_check")),
    )
    op.create_index(op.f("ix_audit_check_at"), "audit_check", ["at"])
    tables = [
        sa.Table(name, sa.MetaData(), info={"guarded": ((), unless)})
        for name, unless in GUARDED.items()
    ]
    for statement in triggers.statements(tables, op.get_bind().dialect.name):
        op.execute(sa.text(statement))


def _create_links() -> None:
    op.create_table(
        "audit_link",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["audit_entry.id"],
            name=op.f("fk_audit_link_entry_id_audit_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_audit_link_entry_id")),
    )


def _create_signed(name: str, key: str, *more: sa.Column[int]) -> None:
    op.create_table(
        name,
        sa.Column(key, sa.Integer(), autoincrement="auto" if key == "id" else False, nullable=False),
        *more,
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("head_hash", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{name}")),
    )


def downgrade() -> None:
    for verb in ("update", "delete", "truncate"):
        where = "" if ddl.is_sqlite() else " ON audit_entry"
        op.execute(f"DROP TRIGGER IF EXISTS audit_entry_refuses_{verb}{where}")
    for name in ("audit_check", "audit_anchor", "audit_link", "audit_cut"):
        op.drop_table(name)
    if not ddl.is_sqlite():
        op.execute(
            "DROP FUNCTION refuse_uncut_entry, refuse_uncut_link, refuse_last_cut"
        )
    for name in ("at", "actor_id", "verb_id", "subject_id", "for_case_id"):
        op.drop_index(op.f(f"ix_audit_entry_{name}"), "audit_entry")
    op.drop_column("audit_entry", "why")
    op.drop_column("audit_entry", "for_case")
