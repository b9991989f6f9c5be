"""The indexes by which addresses are searched, which no model can declare.

By the beginning: in the order of the bytes, without regard to capitals. By a part: every three
letters in a row. SQLite has FTS5 for that: its table holds no address, and no place in one
(`detail=none`). Triggers cannot fill it: before SQLite 3.41 no trigger may write to such a table
under `trusted_schema=OFF` (sqlite.org/pragma.html). PostgreSQL has the extension pg_trgm, which
whoever may create something in the database may add since version 13 (trusted extensions); where
it is missing or refused, a search by a part reads every address.

The same texts for `create_all` and for a migration. All are safe to run twice.
"""

from collections.abc import Sequence

from sqlalchemy import DDL, event

from mailer.db import Base

TRIGRAMS = "address_trigram"

BEGINNING_ON_SQLITE = (
    "CREATE INDEX IF NOT EXISTS ix_subscriber_beginning ON subscriber (address COLLATE NOCASE)"
)
PARTS_ON_SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {TRIGRAMS} USING fts5("
    "address, content='', tokenize='trigram', detail=none, columnsize=0)"
)
BEGINNING = (
    "CREATE INDEX IF NOT EXISTS ix_subscriber_beginning"
    ' ON subscriber ((lower(address) COLLATE "C"))'
)
# Whatever the server answers to CREATE EXTENSION, the program works without it, more slowly.
EXTENSION = (
    "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm; EXCEPTION WHEN OTHERS THEN NULL; END $$"
)
PARTS = (
    "DO $$ BEGIN"
    " IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN"
    " CREATE INDEX IF NOT EXISTS ix_subscriber_parts"
    " ON subscriber USING gin (lower(address) gin_trgm_ops);"
    " END IF;"
    " EXCEPTION WHEN undefined_object THEN NULL;"
    " END $$"
)
ON_SQLITE = (BEGINNING_ON_SQLITE, PARTS_ON_SQLITE)
ON_POSTGRESQL = (BEGINNING, EXTENSION, PARTS)
GONE_ON_SQLITE = (
    f"DROP TABLE IF EXISTS {TRIGRAMS}",
    "DROP INDEX IF EXISTS ix_subscriber_beginning",
)
GONE_ON_POSTGRESQL = (
    "DROP INDEX IF EXISTS ix_subscriber_parts",
    "DROP INDEX IF EXISTS ix_subscriber_beginning",
)


def install(people: type[Base], reach: type[Base]) -> None:
    """Make the indexes wherever the tables are made; FTS5's goes with the row of its reach."""
    _after(people, "after_create", "sqlite", (BEGINNING_ON_SQLITE,))
    _after(people, "after_create", "postgresql", ON_POSTGRESQL)
    _after(reach, "after_create", "sqlite", (PARTS_ON_SQLITE,))
    _after(reach, "after_drop", "sqlite", GONE_ON_SQLITE[:1])


def _after(model: type[Base], moment: str, dialect: str, statements: Sequence[str]) -> None:
    for statement in statements:
        ddl: DDL = DDL(statement)  # type: ignore[no-untyped-call] # theirs
        event.listen(model.__table__, moment, ddl.execute_if(dialect=dialect))
