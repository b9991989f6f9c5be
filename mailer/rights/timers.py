"""When the officer is told of a case: what has come, by the facts of that day.

received | +2 working days: not acknowledged | +3: identity not asked
question | the days it may wait for its answer: the case may be closed
due | 15, 7, 3, 1 and 0 days before | then late, every day
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mailer.rights.deadlines import working_days_after
from mailer.rights.states import OPEN, RUNNING, State
from mailer.rulebook import Rulebook

# Days before the due date at which the officer is reminded; after it, every day.
REMINDERS = (15, 7, 3, 1, 0)
# With that many days left there is still time to do one of the two, well.
EXTEND_OR_ANSWER = 7
# Once decided, nobody is asked any more who they are.
ASKING = frozenset({State.RECEIVED, State.IN_PROGRESS})


class Alarm(StrEnum):
    """What is said of a case, the most pressing first."""

    LATE = "late"
    EXTEND = "extend"
    DUE = "due"
    UNACKNOWLEDGED = "unacknowledged"
    UNASKED = "unasked"
    UNIDENTIFIED = "unidentified"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Clock:
    """What the timers look at."""

    state: State
    received_on: date
    due: date
    calendar: str
    is_acknowledged: bool
    is_extended: bool
    # Less is proven than a right of the case needs, and nothing was ever asked.
    is_unasked: bool
    # When the question was put that still waits, once the person was reminded of it.
    reminded_of: date | None
    # When the paper was asked for that has come and waits to be verified.
    document_of: date | None = None


@dataclass(frozen=True)
class Timer:
    """One that has come; a case hears each name once."""

    alarm: Alarm
    name: str


def timers(clock: Clock, today: date, rules: Rulebook) -> tuple[Timer, ...]:
    """The timers of an open case that have come; one that was missed is among them."""
    if clock.state not in OPEN:
        return ()
    found = (
        _of_date(clock, today),
        _of_acknowledgement(clock, today, rules),
        _of_asking(clock, today, rules),
        _of_waiting(clock, today, rules),
        _of_document(clock),
    )
    return tuple(timer for timer in found if timer)


def _of_date(clock: Clock, today: date) -> Timer | None:
    """The last moment that was reached: the one before needs not be caught up any more."""
    left = (clock.due - today).days
    # While somebody is asked who they are, no date runs (EDPB 01/2022 §157-163).
    if clock.state not in RUNNING or left > max(REMINDERS):
        return None
    if left < 0:
        return Timer(Alarm.LATE, f"late-{today.isoformat()}")
    reached = min(days for days in REMINDERS if left <= days)
    is_choice = reached == EXTEND_OR_ANSWER and not clock.is_extended
    # A date that was moved has its own moments.
    name = f"due-{clock.due.isoformat()}-{reached}"
    return Timer(Alarm.EXTEND if is_choice else Alarm.DUE, name)


def _of_acknowledgement(clock: Clock, today: date, rules: Rulebook) -> Timer | None:
    days = rules.figures.acknowledgement_working_days.value
    is_missing = not clock.is_acknowledged and _has_had(clock, days, today, rules)
    return Timer(Alarm.UNACKNOWLEDGED, "unacknowledged") if is_missing else None


def _of_asking(clock: Clock, today: date, rules: Rulebook) -> Timer | None:
    days = rules.figures.identity_question_working_days.value
    is_owed = clock.is_unasked and clock.state in ASKING
    is_missing = is_owed and _has_had(clock, days, today, rules)
    return Timer(Alarm.UNASKED, "unasked") if is_missing else None


def _has_had(clock: Clock, days: int, today: date, rules: Rulebook) -> bool:
    """Whether so many working days have gone by since receipt."""
    calendar = rules.calendars[clock.calendar]
    return today >= working_days_after(clock.received_on, days, calendar)


def _of_waiting(clock: Clock, today: date, rules: Rulebook) -> Timer | None:
    if clock.state != State.IDENTITY_PENDING or not may_close(clock.reminded_of, today, rules):
        return None
    return Timer(Alarm.UNIDENTIFIED, f"unidentified-{clock.reminded_of}")


def _of_document(clock: Clock) -> Timer | None:
    if clock.state != State.IDENTITY_PENDING or clock.document_of is None:
        return None
    return Timer(Alarm.DOCUMENT, f"document-{clock.document_of}")


def may_close(reminded_of: date | None, today: date, rules: Rulebook) -> bool:
    """Whether a question, put that day and reminded of, has waited for its answer long enough."""
    patience = timedelta(days=rules.figures.identity_close_days.value)
    return reminded_of is not None and today >= reminded_of + patience
