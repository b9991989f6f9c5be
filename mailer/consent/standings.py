"""The two tables that hold where everyone stands: read as records, written as differences."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    String,
    bindparam,
    cast,
    delete,
    literal,
    null,
    select,
    text,
    true,
    union_all,
)

from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentState, Reason, Suppression
from mailer.consent.states import ALL_LISTS, NOTHING, Record, Standing, Suppressed
from mailer.db import UTCDateTime, db

# A person's fingerprint, and where the person stands.
Person = tuple[str, Record]
Values = dict[str, object]
# A row of either table: what suppresses names no event.
Stored = tuple[str, int | None, str, str, datetime, str]

# How many rows are in memory at once, however many there are.
ROWS_AT_ONCE = 1000

REASONS = {
    Kind.OBJECTED: Reason.OBJECTION,
    Kind.COMPLAINED: Reason.COMPLAINT,
    Kind.HARD_BOUNCED: Reason.HARD_BOUNCE,
    Kind.RESTRICTED: Reason.RESTRICTION,
}
KINDS = {reason.value: kind for kind, reason in REASONS.items()}

STAND = text(
    "INSERT INTO consent_state (fingerprint, purpose, kind, since, event_id)"
    " VALUES (:fingerprint, :purpose, :kind, :since, :event_id)"
    " ON CONFLICT (fingerprint, purpose) DO UPDATE"
    " SET kind = excluded.kind, since = excluded.since, event_id = excluded.event_id"
).bindparams(bindparam("since", type_=UTCDateTime()))
SUPPRESS = text(
    "INSERT INTO suppression (fingerprint, reason, since, origin)"
    " VALUES (:fingerprint, :reason, :since, :origin)"
    " ON CONFLICT (fingerprint) DO UPDATE"
    " SET reason = excluded.reason, since = excluded.since, origin = excluded.origin"
).bindparams(bindparam("since", type_=UTCDateTime()))
LIFT = text("DELETE FROM suppression WHERE fingerprint = :fingerprint")

# Of the events of a range, those of people who stand somewhere already, and the others.
STANDS = (
    " FROM consent_event AS event"
    " LEFT JOIN consent_state AS state ON state.fingerprint = event.fingerprint"
    " LEFT JOIN suppression ON suppression.fingerprint = event.fingerprint"
    " WHERE event.id BETWEEN :first AND :last"
)
KNOWN = text(
    f"SELECT event.fingerprint {STANDS}"
    " AND (state.fingerprint IS NOT NULL OR suppression.id IS NOT NULL)"
)
OPEN = text(
    "INSERT INTO consent_state (fingerprint, purpose, kind, since, event_id)"
    " SELECT event.fingerprint, event.purpose, event.kind, event.occurred_at, event.id"
    f" {STANDS} AND state.fingerprint IS NULL AND suppression.id IS NULL"
)


def everyone() -> Iterator[Person]:
    """Where everyone stands, a person at a time."""
    return _people(db.session.execute(_stored().execution_options(yield_per=ROWS_AT_ONCE)))


def of(fingerprints: Collection[str]) -> dict[str, Record]:
    """Where each of those people stands; who is not known is not among them."""
    return dict(_people(db.session.execute(_stored(fingerprints))))


def known(numbers: range) -> set[str]:
    """Whom of the people of those events something is known of, besides those events."""
    bounds = {"first": numbers.start, "last": numbers.stop - 1}
    return set(db.session.scalars(KNOWN, bounds))


def open_others(numbers: range) -> None:
    """Let the others stand where the event of each says, in one statement."""
    db.session.execute(OPEN, {"first": numbers.start, "last": numbers.stop - 1})


def forget() -> None:
    """Empty both tables, to fill them anew in the same transaction."""
    db.session.execute(delete(ConsentState))
    db.session.execute(delete(Suppression))


def _stored(fingerprints: Collection[str] | None = None) -> Select[*Stored]:
    """Both tables in one order; what suppresses rests on no event of its own."""
    standing, suppressed = ConsentState, Suppression
    rows = union_all(
        select(
            standing.fingerprint,
            standing.event_id,
            standing.purpose,
            cast(standing.kind, String).label("kind"),
            standing.since,
            literal("").label("origin"),
        ).where(_is_among(standing.fingerprint, fingerprints)),
        select(
            suppressed.fingerprint,
            null(),
            literal(ALL_LISTS),
            cast(suppressed.reason, String),
            suppressed.since,
            suppressed.origin,
        ).where(_is_among(suppressed.fingerprint, fingerprints)),
    ).subquery()
    return select(*rows.c).order_by(rows.c.fingerprint)


def _is_among(
    column: SQLColumnExpression[str], fingerprints: Collection[str] | None
) -> ColumnElement[bool]:
    return true() if fingerprints is None else column.in_(fingerprints)


def _people(rows: Iterable[Row[*Stored]]) -> Iterator[Person]:
    for fingerprint, lines in groupby(rows, key=itemgetter(0)):
        standings, suppressed = {}, None
        for _, event_id, purpose, kind, since, origin in lines:
            if event_id is None:
                suppressed = Suppressed(KINDS[kind], since, origin)
            else:
                standings[purpose] = Standing(Kind(kind), since, event_id)
        yield fingerprint, Record(standings, suppressed)


def write(before: Mapping[str, Record], after: Mapping[str, Record]) -> None:
    """Store where these people stand after, given where they stood before."""
    changed = [(who, before.get(who, NOTHING), now) for who, now in after.items()]
    for statement, rows in (
        (STAND, [row for who, _old, now in changed for row in _standing_rows(who, now)]),
        (SUPPRESS, [row for one in changed for row in _suppressed_rows(*one)]),
        (LIFT, [{"fingerprint": who} for who, old, now in changed if _is_lifted(old, now)]),
    ):
        if rows:
            db.session.execute(statement, rows)


def _standing_rows(who: str, now: Record) -> Iterator[Values]:
    """Also what stays as it was: a sign-up of somebody known must not take less than another."""
    for purpose, one in now.standings.items():
        yield {"fingerprint": who, "purpose": purpose, **vars(one), "kind": one.kind.value}


def _suppressed_rows(who: str, old: Record, now: Record) -> Iterator[Values]:
    if (one := now.suppressed) and one != old.suppressed:
        reason = REASONS[one.kind].value
        yield {"fingerprint": who, "reason": reason, "since": one.since, "origin": one.origin}


def _is_lifted(old: Record, now: Record) -> bool:
    return old.suppressed is not None and now.suppressed is None
