from dataclasses import replace
from datetime import date, timedelta

import pytest

from mailer import rulebook
from mailer.rights.states import OPEN, State
from mailer.rights.timers import Alarm, Clock, Timer, timers

RULES = rulebook.load()
# A Friday; its answer is due on a Tuesday.
CLOCK = Clock(
    state=State.RECEIVED,
    received_on=date(2026, 11, 20),
    due=date(2026, 12, 22),
    calendar="metropole",
    is_acknowledged=True,
    is_extended=False,
    is_unasked=False,
    reminded_of=None,
)
DUE, EXTEND, LATE = Alarm.DUE, Alarm.EXTEND, Alarm.LATE


def rung(today, **circumstance):
    return timers(replace(CLOCK, **circumstance), today, RULES)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (16, []),
        (15, [Timer(DUE, "due-2026-12-22-15")]),
        (8, [Timer(DUE, "due-2026-12-22-15")]),
        (7, [Timer(EXTEND, "due-2026-12-22-7")]),
        (5, [Timer(EXTEND, "due-2026-12-22-7")]),
        (3, [Timer(DUE, "due-2026-12-22-3")]),
        (2, [Timer(DUE, "due-2026-12-22-3")]),
        (1, [Timer(DUE, "due-2026-12-22-1")]),
        (0, [Timer(DUE, "due-2026-12-22-0")]),
        (-1, [Timer(LATE, "late-2026-12-23")]),
        (-2, [Timer(LATE, "late-2026-12-24")]),
    ],
)
def test_each_moment_before_the_date_has_one_timer_and_each_day_after(left, expected):
    assert list(rung(CLOCK.due - timedelta(days=left))) == expected


def test_who_has_taken_the_two_months_is_not_told_to_take_them():
    assert rung(date(2026, 12, 15), is_extended=True) == (Timer(DUE, "due-2026-12-22-7"),)


def test_a_date_that_was_moved_has_moments_of_its_own():
    moved = date(2026, 12, 29)
    assert rung(date(2026, 12, 26), due=moved) == (Timer(DUE, "due-2026-12-29-3"),)


@pytest.mark.parametrize(
    ("received_on", "calendar", "last"),
    [
        # Friday: Monday, Tuesday.
        (date(2026, 11, 20), "metropole", date(2026, 11, 24)),
        # Saturday counts from the Monday that follows.
        (date(2026, 11, 21), "metropole", date(2026, 11, 24)),
        # 11 November is no working day.
        (date(2026, 11, 10), "metropole", date(2026, 11, 13)),
        # A Thursday: then Christmas and the weekend.
        (date(2026, 12, 24), "metropole", date(2026, 12, 29)),
        # 26 December 2023 is a Tuesday, off in Alsace alone.
        (date(2023, 12, 22), "metropole", date(2023, 12, 27)),
        (date(2023, 12, 22), "alsace_moselle", date(2023, 12, 28)),
    ],
)
def test_two_working_days_without_acknowledgement_are_told(received_on, calendar, last):
    circumstance = {
        "received_on": received_on,
        "due": received_on + timedelta(days=40),
        "calendar": calendar,
        "is_acknowledged": False,
    }
    told = (Timer(Alarm.UNACKNOWLEDGED, "unacknowledged"),)
    assert rung(last - timedelta(days=1), **circumstance) == ()
    assert rung(last, **circumstance) == told
    assert rung(last + timedelta(days=9), **circumstance) == told


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        (State.RECEIVED, date(2026, 11, 24), ()),
        (State.RECEIVED, date(2026, 11, 25), (Timer(Alarm.UNASKED, "unasked"),)),
        (State.IN_PROGRESS, date(2026, 11, 30), (Timer(Alarm.UNASKED, "unasked"),)),
        (State.READY, date(2026, 11, 25), ()),
    ],
)
def test_three_working_days_in_doubt_without_a_question_are_told(state, today, expected):
    assert rung(today, state=state, is_unasked=True) == expected


@pytest.mark.parametrize(
    ("reminded_of", "today", "expected"),
    [
        (date(2026, 11, 23), date(2026, 12, 22), ()),
        (date(2026, 11, 23), date(2026, 12, 23), ("unidentified-2026-11-23",)),
        (None, date(2027, 1, 22), ()),
    ],
)
def test_a_question_that_waited_long_enough_may_end_the_case(reminded_of, today, expected):
    found = rung(today, state=State.IDENTITY_PENDING, reminded_of=reminded_of)
    assert tuple(timer.name for timer in found) == expected


def test_no_date_runs_while_the_question_waits():
    assert rung(date(2027, 1, 22), state=State.IDENTITY_PENDING) == ()


@pytest.mark.parametrize("state", sorted(set(State) - OPEN))
def test_a_closed_case_is_silent(state):
    assert rung(date(2027, 1, 22), state=state, is_acknowledged=False, is_unasked=True) == ()
