"""Keeping the index of addresses on SQLite: what comes is added later, what goes leaves at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    column,
    delete,
    insert,
    literal,
    select,
    table,
    text,
)

from mailer.db import Base, db, hint
from mailer.subscriptions.address_index import is_apart
from mailer.subscriptions.index_ddl import TRIGRAMS
from mailer.subscriptions.index_models import ONLY, AddressIndex
from mailer.subscriptions.models import Subscriber

JOB = "index-addresses"
ROWS = 10_000
# So many pages of the index are merged in one transaction: some tenths of a second.
PAGES = 200
# The column that bears the table's name takes what is to be done (fts5.html, 6).
ROW = table(TRIGRAMS, column(TRIGRAMS), column("rowid"), column("address"), column("rank"))


def forget(which: ColumnElement[bool], at: datetime) -> int:
    """Delete those people, and first what the index has of them; says how many."""
    del at
    leave(which)
    gone = delete(_people()).where(which)
    return db.session.connection().execute(gone).rowcount


def leave(which: ColumnElement[bool]) -> list[int]:
    """Take those people's addresses out, before they change or go; who was in the index."""
    if not is_apart():
        return []
    row = only()
    inside = which & (_people().c.id <= row.reaches)
    numbers = list(db.session.scalars(select(_people().c.id).where(inside)))
    if numbers:
        people = _people().c
        rows = select(literal("delete"), people.id, people.address).where(inside)
        _put((TRIGRAMS, "rowid", "address"), rows)
        row.departures += 1
        db.session.flush()
        hint(JOB)
    return numbers


def come_back(numbers: list[int]) -> None:
    """Put in again who was taken out to be changed."""
    if numbers:
        people = _people().c
        _put(("rowid", "address"), select(people.id, people.address).where(people.id.in_(numbers)))


def add() -> bool:
    """Add the next people; whether there may be more."""
    row, people = only(), _people().c
    later = select(people.id).where(people.id > row.reaches).order_by(people.id).limit(ROWS)
    numbers = db.session.scalars(later).all()
    if not numbers:
        return False
    inside = people.id.between(numbers[0], numbers[-1])
    _put(("rowid", "address"), select(people.id, people.address).where(inside))
    row.reaches = numbers[-1]
    return len(numbers) == ROWS


def merge(pages: int) -> bool:
    """Go on making one piece of the index; whether there is more to do.

    A negative number begins with all pieces, however small: what was taken out is then in none.
    """
    written = text("SELECT total_changes()")
    before = db.session.scalar(written)
    _put((TRIGRAMS, "rank"), select(literal("merge"), literal(pages)))
    # One change is the statement's own (fts5.html, 6.8).
    return bool(db.session.scalar(written) - before > 1)


def only() -> AddressIndex:
    """The row that says how far the index reaches."""
    found = db.session.get(AddressIndex, ONLY)
    if found is None:
        found = AddressIndex(id=ONLY, reaches=0, departures=0, merged=0)
        db.session.add(found)
        db.session.flush()
    return found


def _put(columns: tuple[str, ...], rows: Select[*tuple[Any, ...]]) -> None:
    db.session.connection().execute(insert(ROW).from_select(list(columns), rows))


def _people() -> Table:
    return Base.metadata.tables[Subscriber.__tablename__]
