"""Changing the rules of a table that is in use, on both databases; for migrations."""

import sqlalchemy as sa
from alembic import op


def is_sqlite() -> bool:
    """Whether the migration runs on the embedded database."""
    return op.get_bind().dialect.name == "sqlite"


def add(table: str, column: str) -> None:
    """Add a column with its default and check, TIME standing for an instant."""
    instant = "DATETIME" if is_sqlite() else "TIMESTAMP WITH TIME ZONE"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column.replace(' TIME', f' {instant}')}")


def allow(table: str, constraint: str, before: str, after: str) -> None:
    """Change a check; on SQLite as its documentation has it (lang_altertable.html, 8)."""
    if not is_sqlite():
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{constraint}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{constraint} CHECK ({after})")
        return
    op.execute("PRAGMA writable_schema = ON")
    changed = sa.text("UPDATE sqlite_schema SET sql = replace(sql, :old, :new) WHERE name = :table")
    op.execute(changed.bindparams(old=before, new=after, table=table))
    op.execute("PRAGMA writable_schema = RESET")
