"""The counts of what left in a second, an hour or a day, shared by all workers."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import TextualSelect, bindparam, case, delete, or_, select, text, tuple_, update

from mailer.db import UTCDateTime, db
from mailer.mail.limits import Span, window
from mailer.mail.models import SendingWindow
from mailer.mail.places import Row

# SQLite takes at most 32,766 values in one statement.
MOST_ROWS = 500

# How long after its end a window is deleted: nobody whose clock is a little late counts there.
KEPT = {
    Span.SECOND: timedelta(minutes=5),
    Span.HOUR: timedelta(hours=2),
    Span.DAY: timedelta(hours=2),
}


def add(numbers: Mapping[Row, int], at: datetime) -> Mapping[Row, int]:
    """Count so many more under each, and say how far each is now; adding 0 only looks.

    Each row stays held until the transaction ends, and all take them in the same order: of two
    workers, the second sees what the first took. Nothing else may be waited for after this.
    """
    ordered = sorted(numbers)
    counted: dict[Row, int] = {}
    for first in range(0, len(ordered), MOST_ROWS):
        some = ordered[first : first + MOST_ROWS]
        found = db.session.execute(_statement(len(some)), _values(some, numbers, at))
        counted |= {(each.scope, Span(each.span)): each.taken for each in found}
    return counted


def _values(rows: Collection[Row], numbers: Mapping[Row, int], at: datetime) -> dict[str, object]:
    values: dict[str, object] = {}
    for n, (scope, span) in enumerate(rows):
        values |= {
            f"scope{n}": scope,
            f"span{n}": span.value,
            f"starts_at{n}": window(span, at)[0],
            f"taken{n}": numbers[scope, span],
        }
    return values


@cache
def _statement(rows: int) -> TextualSelect:
    values = ", ".join(f"(:scope{n}, :span{n}, :starts_at{n}, :taken{n})" for n in range(rows))
    counted = text(
        f"INSERT INTO sending_window (scope, span, starts_at, taken) VALUES {values}"  # noqa: S608 - names of parameters only
        " ON CONFLICT (scope, span, starts_at)"
        " DO UPDATE SET taken = sending_window.taken + excluded.taken"
        " RETURNING scope, span, starts_at, taken"
    )
    instants = (bindparam(f"starts_at{n}", type_=UTCDateTime()) for n in range(rows))
    columns = SendingWindow.scope, SendingWindow.span, SendingWindow.starts_at, SendingWindow.taken
    return counted.bindparams(*instants).columns(*columns)


def look(rows: Iterable[Row], at: datetime) -> Mapping[Row, int]:
    """How far each is, without holding it; what nobody has counted is not among them."""
    keys = [(scope, span.value, window(span, at)[0]) for scope, span in rows]
    if not keys:
        return {}
    key = tuple_(SendingWindow.scope, SendingWindow.span, SendingWindow.starts_at)
    found = select(SendingWindow.scope, SendingWindow.span, SendingWindow.taken)
    counted = db.session.execute(found.where(key.in_(keys)))
    return {(scope, Span(span)): taken for scope, span, taken in counted}


def give_back(numbers: Mapping[datetime, Mapping[Row, int]], at: datetime) -> None:
    """Count so many less, by when they were counted, where that span still runs."""
    back: Counter[tuple[str, Span, datetime]] = Counter()
    for counted_at, counts in numbers.items():
        for (scope, span), number in counts.items():
            starts_at, ends_at = window(span, counted_at)
            if ends_at > at:
                back[scope, span, starts_at] += number
    # In the order in which add() takes them.
    for key in sorted(back):
        _take_off(*key, back[key])


def _take_off(scope: str, span: Span, starts_at: datetime, number: int) -> None:
    rest = case((SendingWindow.taken > number, SendingWindow.taken - number), else_=0)
    db.session.execute(
        update(SendingWindow)
        .where(
            SendingWindow.scope == scope,
            SendingWindow.span == span.value,
            SendingWindow.starts_at == starts_at,
        )
        .values(taken=rest)
    )


def purge(at: datetime) -> None:
    """Delete the windows that ended a while ago."""
    over = (
        (SendingWindow.span == span.value) & (SendingWindow.starts_at < window(span, at - kept)[0])
        for span, kept in KEPT.items()
    )
    db.session.execute(delete(SendingWindow).where(or_(*over)))
