"""Where personal data lie, and which rows are of a person: read from the columns' declarations.

A row belongs to a person by its fingerprint or a personal foreign key to a row of theirs; where
there is no fingerprint, also by an address of theirs, or by naming such a row ("request:12").
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
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
    union,
)

from mailer.db import among, db
from mailer.declarations import addresses, declared, domain, having, names_others, tables
from mailer.personal import Category, Personal, Purpose

# What a row is called where a text names it; otherwise as its table.
CALLED = {"rights_request": "request"}

# Personal, and found from no address: whose it is stands in no column.
ELSEWHERE = {
    "counter": "how often a network asked, for some days; no address is near it",
    "import": "the colleague who answers for a file, by name only; shown to them on the desk",
}

Guard = Callable[[Table], ColumnElement[bool]]


@dataclass(frozen=True)
class People:
    """Some people, by the fingerprints of their addresses and each way in which we wrote them."""

    fingerprints: frozenset[str]
    addresses: frozenset[str]


def people(fingerprints: Collection[str]) -> People:
    """The people of those fingerprints, with the addresses that their rows hold."""
    nobody_else = People(frozenset(fingerprints), frozenset())
    found: set[str] = set()
    for table in tables():
        if list(having(table, Category.FINGERPRINT)):
            for column in addresses(table):
                held = select(column).where(belongs(table, nobody_else))
                found.update(text for text in db.session.scalars(held) if text)
    return People(nobody_else.fingerprints, frozenset(address.lower() for address in found))


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


def belongs(table: Table, these: People, guard: Guard = every) -> ColumnElement[bool]:
    """Whether a row of the table is of one of them, and let through by the guard."""
    links = [among(c, these.fingerprints) for c in having(table, Category.FINGERPRINT)]
    words = [] if links else list(_by_words(table, these, guard))
    links += _by_key(table, these, guard)
    return and_(or_(false(), *words, _by_any(table, links)), guard(table))


def _by_any(table: Table, links: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Each link looked up by itself: for an "or" PostgreSQL reads all of a table of millions."""
    key, *more = table.primary_key.columns
    if len(links) < 2 or more:  # noqa: PLR2004 - one link is looked up anyway
        return or_(false(), *links)
    return key.in_(union(*(select(key).where(link).correlate(None) for link in links)))


def _by_key(table: Table, these: People, guard: Guard) -> Iterator[ColumnElement[bool]]:
    for name, said in declared(table).items():
        for key in table.c[name].foreign_keys:
            other = key.column.table
            if declared(other) and other.name not in ELSEWHERE and not _is_work(said, other):
                yield table.c[name].in_(select(key.column).where(belongs(other, these, guard)))


def _is_work(said: Personal, other: Table) -> bool:
    """Whether a reader's row points at what a colleague made: that makes it none of theirs."""
    of_a_reader = said.purpose in {Purpose.NEWSLETTER, Purpose.MEASUREMENT}
    return of_a_reader and all(word.purpose == Purpose.STAFF for word in declared(other).values())


def _by_words(table: Table, these: People, guard: Guard) -> Iterator[ColumnElement[bool]]:
    for column in addresses(table):
        yield among(func.lower(column), these.addresses)
    for column in (c for c in having(table, Category.REFERENCE) if isinstance(c.type, String)):
        for other in _named():
            name = literal(f"{CALLED.get(other.name, other.name)}:") + cast(other.c.id, String)
            yield column.in_(select(name).where(belongs(other, these, guard)))


def _named() -> Iterator[Table]:
    for table in tables():
        if "id" in table.c and table.name not in ELSEWHERE and not names_others(table):
            yield table


def found(fingerprint: str) -> dict[str, int]:
    """How many rows of the person each domain holds; nothing found is said too."""
    someone = people([fingerprint])
    counts: Counter[str] = Counter()
    for table in tables():
        counts[domain(table)] += _count(table, someone)
    return dict(counts)


def _count(table: Table, these: People) -> int:
    rows = select(func.count()).select_from(table).where(belongs(table, these))
    return db.session.scalar(rows) or 0
