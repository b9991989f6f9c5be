"""When a letter leaves by itself, by the clock of Paris, and the name of each of its periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from mailer.clock import PARIS, add_months, paris_day

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
EVERY_DAY = tuple(range(7))
LAST_DAY = 31


class Rhythm(StrEnum):
    """How far apart the periods are."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Timetable:
    """A rhythm and an hour. Monday is 0; a month that has no such day takes its last."""

    rhythm: Rhythm
    hour: time
    weekdays: tuple[int, ...] = EVERY_DAY
    day: int = 1


class Occurrence(NamedTuple):
    """A period by its name, `2026-11-28`, `2026-W48` or `2026-11`, and when its letter is due."""

    period: str
    at: datetime


def following(timetable: Timetable, after: datetime) -> Occurrence:
    """The first occurrence later than that instant."""
    found = (each for each in _occurrences(timetable, paris_day(after)) if each.at > after)
    return next(found)


def latest(timetable: Timetable, since: datetime, until: datetime) -> Occurrence | None:
    """The last occurrence from one instant to the other, both included; None without any."""
    last = None
    for each in _occurrences(timetable, paris_day(since)):
        if each.at > until:
            return last
        if each.at >= since:
            last = each
    return last


def _occurrences(timetable: Timetable, around: date) -> Iterator[Occurrence]:
    """Those from a little before that day on, in order, without end."""
    for day in _days(timetable, around):
        yield Occurrence(_name(timetable.rhythm, day), instant(day, timetable.hour))


def _days(timetable: Timetable, around: date) -> Iterator[date]:
    match timetable.rhythm:
        case Rhythm.DAILY:
            days = (around + n * DAY for n in count(-1))
            yield from (day for day in days if day.weekday() in timetable.weekdays)
        case Rhythm.WEEKLY:
            monday = around - around.weekday() * DAY
            yield from (monday + (7 * n + timetable.weekdays[0]) * DAY for n in count(-1))
        case Rhythm.MONTHLY:
            long_month = date(around.year - 1, 12, timetable.day)
            yield from (add_months(long_month, n) for n in count())


def _name(rhythm: Rhythm, day: date) -> str:
    match rhythm:
        case Rhythm.DAILY:
            return day.isoformat()
        case Rhythm.WEEKLY:
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
    return f"{day:%Y-%m}"


def instant(day: date, hour: time) -> datetime:
    """The hour on that day: the first of two when the clock goes back, the next when none is."""
    local = datetime.combine(day, hour, PARIS)
    while not _exists(local):
        local += MINUTE
    return local.astimezone(UTC)


def _exists(local: datetime) -> bool:
    return local.astimezone(UTC).astimezone(PARIS).replace(tzinfo=None) == local.replace(
        tzinfo=None
    )
