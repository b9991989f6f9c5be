"""The one path by which a person is erased: what each column declares is what happens to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    String,
    Table,
    and_,
    cast,
    delete,
    exists,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.sql import Delete, Update
from structlog import get_logger

from mailer.consent import operations as consent
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.consent.states import ALL_LISTS
from mailer.db import Base, among, be_unhurried, db
from mailer.declarations import declared, having, tables
from mailer.delivery import personal_data as delivery
from mailer.mail import outbox
from mailer.personal import Category, Erasure
from mailer.progress import Tell, untold
from mailer.rights import journal
from mailer.rights.holdings import ELSEWHERE, People, belongs, people, settled
from mailer.rights.models import ErasureEntry, RightsRequest
from mailer.subscriptions import indexing

log = get_logger()

# What a column of unique texts holds instead: nothing, said in a way that no two rows say alike.
GONE = "erased-"

AT_ONCE = 1000

# Tables whose rows come to an end of their own, so that nobody acts on half a row.
ENDINGS: dict[str, Callable[[ColumnElement[bool], datetime], int]] = {
    "delivery": delivery.detach,
    "outbox_message": outbox.forget,
    "subscriber": indexing.forget,
}


@dataclass(frozen=True)
class Erased:
    """How many rows were deleted or emptied in each table; empty when nothing was there."""

    rows: dict[str, int]


def erase(
    fingerprint: str,
    at: datetime,
    method: Method = Method.JOB,
    origin: str = "",
    kind: Kind = Kind.ERASED,
) -> Erased:
    """Forget the person in every table, and note it; a second time finds nothing more to do."""
    db.session.flush()
    if rows := _end_everywhere(people([fingerprint]), at):
        evidence = Evidence(method, at, origin=origin)
        consent.record(fingerprint, ALL_LISTS, kind, evidence, actor=_actor(method))
        journal.note(fingerprint, at)
        log.info("rights.erased", tables=len(rows), rows=sum(rows.values()))
    return Erased(rows)


def _end_everywhere(these: People, at: datetime) -> dict[str, int]:
    """How many rows came to their end in each table."""
    counts = {table.name: _end(table, these, at) for table in tables()}
    db.session.expire_all()
    return {name: number for name, number in counts.items() if number}


def foreseen(fingerprint: str) -> dict[str, bool]:
    """The tables in which something of the person would go, and whether whole rows do.

    What answers the person stays: it is settled later (finish).
    """
    someone = people([fingerprint])
    found = [table for table in tables() if table.name not in ELSEWHERE]
    return {table.name: _is_deleted(table) for table in found if _would_end(table, someone)}


def _would_end(table: Table, these: People) -> bool:
    which = _ending(table, belongs(table, these, settled))
    return which is not None and bool(db.session.scalar(select(exists().where(which))))


def is_filled(table: Table) -> ColumnElement[bool]:
    """Whether a row still says what erasure would empty."""
    return or_(*(_holds(column) for column in _emptied(table)))


def empty(table: Table, which: ColumnElement[bool]) -> int:
    """Empty those rows as erasure would, and leave them; how many there were."""
    emptying = update(table).where(which)
    nothing = {column.name: _nothing(column) for column in _emptied(table)}
    number = db.session.connection().execute(emptying.values(nothing)).rowcount
    db.session.expire_all()
    return number


def finish() -> int:
    """Empty the requests that were open when their person was erased, and are closed since."""
    requests = Base.metadata.tables[RightsRequest.__tablename__]
    erased_since = exists().where(
        ErasureEntry.fingerprint == RightsRequest.fingerprint,
        ErasureEntry.at >= RightsRequest.logged_at,
    )
    which = and_(erased_since, settled(requests))
    statement = _statement(requests, which)
    return 0 if statement is None else db.session.connection().execute(statement).rowcount


def replay(at: datetime, tell: Tell = untold) -> int:
    """After a restore, erase again whom the journal beside the data names; says how many.

    A year of erasures is many: each table is asked for a thousand people at once.
    """
    be_unhurried()
    lines = journal.missing()
    fingerprints = sorted({line.fingerprint for line in lines})
    for first in range(0, len(fingerprints), AT_ONCE):
        some = fingerprints[first : first + AT_ONCE]
        _erase_again(people(some), at)
        tell(first + len(some), len(fingerprints))
    journal.take_in(lines)
    return len(lines)


def _erase_again(these: People, at: datetime) -> None:
    brought_back = _still_held(these)
    rows = _end_everywhere(these, at)
    evidence, actor = Evidence(Method.JOB, at, origin="journal"), _actor(Method.JOB)
    consent.record_many(
        [Entry(one, ALL_LISTS, Kind.ERASED, evidence, actor) for one in sorted(brought_back)]
    )
    log.info("rights.erased_again", people=len(brought_back), rows=sum(rows.values()))


def _still_held(these: People) -> set[str]:
    """Of whom something would end: what bears no fingerprint hangs on a row that does."""
    found: set[str] = set()
    for table in tables():
        for column in having(table, Category.FINGERPRINT):
            ending = _ending(table, among(column, these.fingerprints) & settled(table))
            if ending is not None:
                found.update(db.session.scalars(select(column).where(ending)))
    return found


def _actor(method: Method) -> str:
    return "job:erase" if method == Method.JOB else "staff"


def _end(table: Table, these: People, at: datetime) -> int:
    if table.name in ELSEWHERE:
        return 0
    which = belongs(table, these, settled)
    if ending := ENDINGS.get(table.name):
        return ending(which, at)
    statement = _statement(table, which)
    return 0 if statement is None else db.session.connection().execute(statement).rowcount


def _statement(table: Table, which: ColumnElement[bool]) -> Delete | Update | None:
    ending = _ending(table, which)
    if ending is None:
        return None
    if _is_deleted(table):
        return delete(table).where(ending)
    return update(table).where(ending).values({c.name: _nothing(c) for c in _emptied(table)})


def _ending(table: Table, which: ColumnElement[bool]) -> ColumnElement[bool] | None:
    """Of those rows, the ones that erasure deletes or empties; None where it does neither."""
    if _is_deleted(table):
        return which
    columns = _emptied(table)
    return and_(which, or_(*(_holds(column) for column in columns))) if columns else None


def _is_deleted(table: Table) -> bool:
    return any(word.erasure == Erasure.DELETE for word in declared(table).values())


def _emptied(table: Table) -> list[Column[object]]:
    said = declared(table).items()
    return [table.c[name] for name, word in said if word.erasure == Erasure.EMPTY]


def _nothing(column: Column[object]) -> object:
    """What an emptied column holds: NULL where it may, else the empty value of its type."""
    if column.nullable:
        return null()
    if column.unique:
        return GONE + cast(column.table.c.id, String)
    return [] if isinstance(column.type, JSON) else ""


def _holds(column: Column[object]) -> ColumnElement[bool]:
    if column.nullable:
        return column.is_not(None)
    words = cast(column, String)
    return ~words.startswith(GONE) if column.unique else words.not_in(("", "[]"))
