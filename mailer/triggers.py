"""What the database itself refuses: changing or deleting what is only ever added to.

The same texts for `create_all` and for a migration (`statements`). A migration that lets SQLite
copy one of these tables must run them again: the copy has no triggers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import DDL, Table, event

DIALECTS = ("sqlite", "postgresql")

# 23001, restrict_violation: an IntegrityError, as RAISE is in SQLite.
REFUSAL = (
    " RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME"
    " USING ERRCODE = 'restrict_violation';"
)
REFUSE_CHANGE = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN {REFUSAL} END $$"
)


@dataclass(frozen=True)
class Unless:
    """Rows may go for which the query finds something: they are accounted for elsewhere."""

    # The function that says so on PostgreSQL.
    function: str
    query: str

    @property
    def refuse(self) -> str:
        return (
            f"CREATE OR REPLACE FUNCTION {self.function}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN IF EXISTS ({self.query}) THEN RETURN OLD; END IF; {REFUSAL} END $$"
        )


def guard(table: Table, emptied: Sequence[str] = (), unless: Unless | None = None) -> None:
    """Make the table append-only, wherever and whenever it is created.

    The columns in `emptied` may become NULL; rows may go that `unless` accounts for.
    """
    for dialect in DIALECTS:
        for statement in _statements(table, dialect, emptied, unless):
            # DDL fills in "%(table)s" and the like; ours mean themselves.
            ddl: DDL = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call] # theirs
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
    table.info["guarded"] = (tuple(emptied), unless)


def statements(tables: Sequence[Table], dialect: str) -> Iterator[str]:
    """The DDL of every guarded table among them, for a migration; safe to run twice."""
    for table in tables:
        if guarded := table.info.get("guarded"):
            emptied, unless = guarded
            yield from _statements(table, dialect, emptied, unless)


def _statements(
    table: Table, dialect: str, emptied: Sequence[str], unless: Unless | None
) -> Iterator[str]:
    if dialect == "sqlite":
        yield from _on_sqlite(table, emptied, unless)
    else:
        yield from _on_postgresql(table, emptied, unless)


def _on_sqlite(table: Table, emptied: Sequence[str], unless: Unless | None) -> Iterator[str]:
    name = table.name
    refuse = f"BEGIN SELECT RAISE(ABORT, '{name} is only ever added to'); END"
    allowed = _only_emptied(table, emptied, "IS")
    covered = f"EXISTS ({unless.query})" if unless else "0"
    for verb, when in (("UPDATE", allowed), ("DELETE", covered)):
        trigger = f"{name}_refuses_{verb.lower()}"
        yield f"DROP TRIGGER IF EXISTS {trigger}"
        yield f"CREATE TRIGGER {trigger} BEFORE {verb} ON {name} WHEN NOT ({when}) {refuse}"


def _on_postgresql(table: Table, emptied: Sequence[str], unless: Unless | None) -> Iterator[str]:
    yield REFUSE_CHANGE
    if unless:
        yield unless.refuse
    allowed = _only_emptied(table, emptied, "IS NOT DISTINCT FROM")
    deleting = unless.function if unless else "refuse_change"
    for verb, each, function in (
        ("UPDATE", f"FOR EACH ROW WHEN (NOT ({allowed}))", "refuse_change"),
        ("DELETE", "FOR EACH ROW", deleting),
        ("TRUNCATE", "FOR EACH STATEMENT", "refuse_change"),
    ):
        trigger = f"{table.name}_refuses_{verb.lower()}"
        yield f"DROP TRIGGER IF EXISTS {trigger} ON {table.name}"
        yield (
            f"CREATE TRIGGER {trigger} BEFORE {verb} ON {table.name} {each}"
            f" EXECUTE FUNCTION {function}()"
        )


def _only_emptied(table: Table, emptied: Sequence[str], same: str) -> str:
    """Whether the row stays as it is, but for those columns, which may become NULL."""
    if not emptied:
        return "1 = 0"
    kept = [f"NEW.{c.name} {same} OLD.{c.name}" for c in table.columns if c.name not in emptied]
    gone = [f"(NEW.{name} IS NULL OR NEW.{name} {same} OLD.{name})" for name in emptied]
    return " AND ".join(kept + gone)
