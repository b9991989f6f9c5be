"""Where personal data lie, and which rows are of one person: read from the columns' declarations.

A row belongs to a person by its fingerprint or a personal foreign key to a row of theirs; where
there is no fingerprint, also by an address of theirs, or by naming such a row ("request:12").
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    String,
    Table,
    and_,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    true,
)

from mailer.db import db
from mailer.declarations import addresses, declared, domain, having, names_others, tables
from mailer.personal import Category

# What a row is called where a text names it; otherwise as its table.
CALLED = {"rights_request": "request"}

# Personal, and found from no address: whose it is stands in no column.
ELSEWHERE = {
    "counter": "how often a network asked, for some days; no address is near it",
    "import": "the colleague who answers for a file, by name only; shown to them on the desk",
}

Guard = Callable[[Table], ColumnElement[bool]]


@dataclass(frozen=True)
class Person:
    """Someone, by the fingerprint of their address and each way in which we wrote it down."""

    fingerprint: str
    addresses: frozenset[str]


def person(fingerprint: str) -> Person:
    """The person of that fingerprint, with the addresses that their rows hold."""
    nobody_else = Person(fingerprint, frozenset())
    found: set[str] = set()
    for table in tables():
        if list(having(table, Category.FINGERPRINT)):
            for column in addresses(table):
                held = select(column).where(belongs(table, nobody_else))
                found.update(text for text in db.session.scalars(held) if text)
    return Person(fingerprint, frozenset(address.lower() for address in found))


def every(_table: Table) -> ColumnElement[bool]:
    """No row is left out."""
    return true()


def settled(table: Table) -> ColumnElement[bool]:
    """Rows that nothing waits for any more: a closed account, a closed request that is not held."""
    column = table.info.get("erased_after")
    if not column:
        return true()
    free = (table.c[name] == value for name, value in table.info["only_with"].items())
    return and_(table.c[column].is_not(None), *free)


def belongs(table: Table, someone: Person, guard: Guard = every) -> ColumnElement[bool]:
    """Whether a row of the table is of that person, and lets through by the guard."""
    links = [c == someone.fingerprint for c in having(table, Category.FINGERPRINT)]
    if not links:
        links += _by_words(table, someone, guard)
    links += _by_key(table, someone, guard)
    return and_(or_(false(), *links), guard(table))


def _by_key(table: Table, someone: Person, guard: Guard) -> Iterator[ColumnElement[bool]]:
    for name in declared(table):
        for key in table.c[name].foreign_keys:
            other = key.column.table
            if declared(other) and other.name not in ELSEWHERE:
                yield table.c[name].in_(select(key.column).where(belongs(other, someone, guard)))


def _by_words(table: Table, someone: Person, guard: Guard) -> Iterator[ColumnElement[bool]]:
    for column in addresses(table):
        yield func.lower(column).in_(someone.addresses)
    for column in having(table, Category.REFERENCE):
        for other in _named():
            name = literal(f"{CALLED.get(other.name, other.name)}:") + cast(other.c.id, String)
            yield column.in_(select(name).where(belongs(other, someone, guard)))


def _named() -> Iterator[Table]:
    for table in tables():
        if "id" in table.c and table.name not in ELSEWHERE and not names_others(table):
            yield table


def found(fingerprint: str) -> dict[str, int]:
    """How many rows of the person each domain holds; nothing found is said too."""
    someone = person(fingerprint)
    counts: Counter[str] = Counter()
    for table in tables():
        counts[domain(table)] += _count(table, someone)
    return dict(counts)


def _count(table: Table, someone: Person) -> int:
    rows = select(func.count()).select_from(table).where(belongs(table, someone))
    return db.session.scalar(rows) or 0
