"""The addresses that were read, and what becomes of each.

One expression says it: for the counts that staff approve, and again when the addresses are taken.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from mailer.consent.evidence import Kind, Method
from mailer.consent.models import ConsentEvent, ConsentState, Suppression
from mailer.consent.states import ALL_LISTS
from mailer.db import db
from mailer.subscriptions.imports.columns import Fate
from mailer.subscriptions.imports.models import Import, ImportRow
from mailer.subscriptions.imports.stages import Outcome
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.states import State

COLUMNS = "(import_id, fingerprint, address, language, fate, given_at, network)"
COPY = f"COPY import_row {COLUMNS} FROM STDIN"
INSERT = f"INSERT INTO import_row {COLUMNS} VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - our own names
# After one of these, only the person can come back.
NO = (Kind.WITHDRAWN, Kind.OBJECTED, Kind.COMPLAINED, Kind.LAPSED)

DROPPED_AT_ONCE = 5_000

# The instant as SQLite keeps it, in UTC; PostgreSQL is told that it is.
Row = tuple[int, str, str, str, str, str | None, str]
UTC_MARK = "+00"


@dataclass(frozen=True)
class Decided:
    """One address and what becomes of it."""

    fingerprint: str
    language: str
    fate: Fate
    given_at: datetime | None
    network: str
    outcome: Outcome


def put(rows: Sequence[Row]) -> None:
    """Write the rows by the quickest way that the database has."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        with connection.connection.driver_connection.cursor().copy(COPY) as copy:  # type: ignore[union-attr]  # psycopg's own
            for *row, given, network in rows:
                copy.write_row((*row, given and given + UTC_MARK, network))
    else:
        connection.exec_driver_sql(INSERT, list(rows))


def decide(row: Import, size: int) -> Sequence[Decided]:
    """The next addresses of the import, in the order of their fingerprints, each decided."""
    # The end is looked for by itself: a limit on all the joins lets PostgreSQL join every address.
    last = _last_of(row.id, size)
    if last is None:
        return []
    found = _decided(row).where(ImportRow.fingerprint <= last)
    return [
        Decided(who, language, fate, given, network, Outcome(outcome))
        for who, language, fate, given, network, outcome in db.session.execute(found)
    ]


def count(row: Import, first: str, last: str) -> Counter[str]:
    """How many of the addresses between those two fingerprints go where."""
    chunk = _decided(row).where(ImportRow.fingerprint.between(first, last)).subquery()
    found = select(chunk.c.outcome, func.count()).group_by(chunk.c.outcome)
    return Counter(dict(db.session.execute(found).all()))


def drop(import_id: int, upto: str | None = None) -> None:
    """Remove the import's addresses, up to that fingerprint."""
    gone = delete(ImportRow).where(ImportRow.import_id == import_id)
    db.session.execute(gone if upto is None else gone.where(ImportRow.fingerprint <= upto))


def leave(import_id: int, fingerprints: Sequence[str]) -> None:
    """Remove those of the import's addresses, which are not taken."""
    if not fingerprints:
        return
    theirs = ImportRow.fingerprint.in_(fingerprints)
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == import_id, theirs))


def drop_some(import_id: int) -> bool:
    """Remove some of the import's addresses; whether there were any."""
    last = _last_of(import_id, DROPPED_AT_ONCE)
    if last is not None:
        drop(import_id, last)
    return last is not None


def _last_of(import_id: int, size: int) -> str | None:
    """The last fingerprint of the next so many addresses; None when there are none."""
    keys = (
        select(ImportRow.fingerprint)
        .where(ImportRow.import_id == import_id)
        .order_by(ImportRow.fingerprint)
        .limit(size)
        .subquery()
    )
    last: str | None = db.session.scalar(select(func.max(keys.c.fingerprint)))
    return last


def _decided(row: Import) -> Select[*tuple[Any, ...]]:
    """Each address of the import beside what is known of it here."""
    here, everywhere = aliased(ConsentState), aliased(ConsentState)
    line, fingerprint = Subscription, ImportRow.fingerprint
    no = or_(line.state == State.ENDED, here.kind.in_(NO))
    outcome = case(
        (Suppression.id.is_not(None), Outcome.SUPPRESSED.value),
        (and_(line.id.is_not(None), line.state != State.ENDED), Outcome.KNOWN.value),
        (and_(ImportRow.fate == Fate.WITHDRAWN, no), Outcome.LEFT.value),
        (ImportRow.fate.in_((Fate.LEAVE, Fate.WITHDRAWN)), Outcome.ELSEWHERE.value),
        (ImportRow.fate != Fate.TAKE, Outcome.OBJECTED.value),
        (or_(here.kind == Kind.ERASED, everywhere.kind == Kind.ERASED), Outcome.ERASED.value),
        (no, Outcome.LEFT.value),
        (_has_proof(row), Outcome.NEW.value),
        (_was_asked(row), Outcome.LEFT.value),
        else_=Outcome.UNPROVEN.value,
    )
    return (
        select(
            fingerprint,
            ImportRow.language,
            ImportRow.fate,
            ImportRow.given_at,
            ImportRow.network,
            outcome.label("outcome"),
        )
        .outerjoin(Suppression, Suppression.fingerprint == fingerprint)
        .outerjoin(Subscriber, Subscriber.fingerprint == fingerprint)
        .outerjoin(line, and_(line.subscriber_id == Subscriber.id, line.list_id == row.list_id))
        .outerjoin(here, _standing(here, row.purpose))
        .outerjoin(everywhere, _standing(everywhere, ALL_LISTS))
        .where(ImportRow.import_id == row.id)
        .order_by(fingerprint)
    )


def _standing(state: type[ConsentState], purpose: str) -> ColumnElement[bool]:
    return and_(state.fingerprint == ImportRow.fingerprint, state.purpose == purpose)


def _has_proof(row: Import) -> ColumnElement[bool]:
    """Whether it is known what they were told, and when they said yes: all of them, or this one."""
    if row.is_proven:
        return true()
    return ImportRow.given_at.is_not(None) if row.is_vouched else false()


def _was_asked(row: Import) -> ColumnElement[bool]:
    """Whether the address of an earlier import was written to already, to ask."""
    return exists().where(
        ConsentEvent.fingerprint == ImportRow.fingerprint,
        ConsentEvent.purpose == row.purpose,
        ConsentEvent.method == Method.IMPORT,
        ConsentEvent.kind == Kind.SIGNUP_REQUESTED,
        ConsentEvent.notice_sha256.is_not(None),
    )
