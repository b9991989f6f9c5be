"""When an answer is due: GDPR art. 12(3), counted as Regulation 1182/71 counts.

A month from receipt, day for day; a day that does not exist becomes the month's last; a due date
on a Saturday, a Sunday or a holiday moves to the next working day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from mailer.clock import add_months, paris_day
from mailer.errors import Invalid
from mailer.rights.holidays import holiday_on
from mailer.rulebook import Calendar, Rulebook

SATURDAY, SUNDAY = 5, 6


class Cause(StrEnum):
    """Why the computation stood on a day."""

    RECEIVED = "received"
    MONTHS = "months"
    SUSPENDED = "suspended"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"
    WORKING = "working"


@dataclass(frozen=True)
class Step:
    """One day of the computation; the detail is a number of months or days, or a holiday's key."""

    day: date
    cause: Cause
    detail: str = ""


@dataclass(frozen=True)
class Suspension:
    """The time in which information on the person's identity was awaited (art. 12(6))."""

    asked: date
    answered: date

    @property
    def days(self) -> int:
        return (self.answered - self.asked).days


@dataclass(frozen=True)
class Due:
    """The computed day, the last one that is still in time, and how it was reached."""

    raw: date
    due: date
    steps: tuple[Step, ...]


def receipt_day(at: datetime) -> date:
    """The civil date in Paris at which a request reached us: the clock starts there."""
    return paris_day(at)


def in_time(at: datetime, due: date) -> bool:
    """Whether an answer given then is in time: until midnight in Paris of the due date."""
    return paris_day(at) <= due


def answer_due(
    received: date,
    rules: Rulebook,
    calendar: str,
    *,
    extended: bool = False,
    suspensions: Sequence[Suspension] = (),
) -> Due:
    """The last day on which the answer is still in time, with each step of its computation.

    Raises Invalid for suspensions that overlap, run backwards or begin before receipt.
    """
    months = rules.figures.answer_months.value
    if extended:
        # Counted from receipt, never from the base date: 31 January + 3 months is 30 April.
        months += rules.figures.extension_months.value
    raw = add_months(received, months)
    steps = [Step(received, Cause.RECEIVED), Step(raw, Cause.MONTHS, str(months))]
    if days := _suspended_days(received, suspensions):
        raw += timedelta(days=days)
        steps.append(Step(raw, Cause.SUSPENDED, str(days)))
    rolled = tuple(_roll(raw, rules.calendars[calendar]))
    return Due(raw, rolled[-1].day, (*steps, *rolled))


def _suspended_days(received: date, suspensions: Sequence[Suspension]) -> int:
    ordered = sorted(suspensions, key=lambda each: each.asked)
    backwards = any(each.answered < each.asked or each.asked < received for each in ordered)
    if backwards or any(after.asked < before.answered for before, after in pairwise(ordered)):
        raise Invalid("suspensions")
    return sum(each.days for each in ordered)


def _roll(raw: date, calendar: Calendar) -> Iterator[Step]:
    day = raw
    while (step := _why_not(day, calendar)) is not None:
        yield step
        day += timedelta(days=1)
    yield Step(day, Cause.WORKING)


def working_days_after(day: date, number: int, calendar: Calendar) -> date:
    """The working day that comes so many working days after that one."""
    while number:
        day += timedelta(days=1)
        number -= _why_not(day, calendar) is None
    return day


def _why_not(day: date, calendar: Calendar) -> Step | None:
    if key := holiday_on(day, calendar):
        return Step(day, Cause.HOLIDAY, key)
    if day.weekday() in {SATURDAY, SUNDAY}:
        return Step(day, Cause.SATURDAY if day.weekday() == SATURDAY else Cause.SUNDAY)
    return None
