import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer import rulebook
from mailer.clock import add_months
from mailer.errors import Invalid
from mailer.rights.deadlines import (
    Cause,
    Suspension,
    answer_due,
    in_time,
    receipt_day,
)
from mailer.rights.holidays import holiday_on

RULES = rulebook.load()
HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "law" / "deadline-vectors.csv"


def facts(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


VECTORS = facts(HERE / "vectors.csv")
DAYS = st.dates(date(2020, 1, 1), date(2059, 12, 31))
CALENDARS = st.sampled_from(sorted(RULES.calendars))


def due(received: date, calendar: str = "metropole", **more) -> date:
    return answer_due(received, RULES, calendar, **more).due


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row["id"])
def test_the_answer_is_due_on_the_day_the_law_says(row):
    received = date.fromisoformat(row["received"])
    alsace = row["due_alsace_moselle"] or row["due"]
    alsace_extended = row["ext_alsace_moselle"] or row["due_extended"]
    assert due(received).isoformat() == row["due"]
    assert due(received, extended=True).isoformat() == row["due_extended"]
    assert due(received, "alsace_moselle").isoformat() == alsace
    assert due(received, "alsace_moselle", extended=True).isoformat() == alsace_extended


def test_our_vectors_are_those_everybody_shares():
    if not SHARED.is_file():
        pytest.skip("the shared vectors are not beside this checkout")
    ours, theirs = (
        [row | {"why": ""} for row in facts(path)] for path in (HERE / "vectors.csv", SHARED)
    )
    assert ours == theirs


@pytest.mark.parametrize(
    ("received", "asked", "answered", "extended", "expected"),
    [
        (date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 11), False, date(2026, 4, 9)),
        (date(2026, 1, 31), date(2026, 2, 2), date(2026, 2, 20), False, date(2026, 3, 18)),
        (date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 11), True, date(2026, 6, 9)),
        (date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 3), False, date(2026, 5, 4)),
        (date(2026, 11, 22), date(2026, 11, 23), date(2026, 12, 23), False, date(2027, 1, 21)),
    ],
    ids=["S1", "S2", "S3", "S4", "S5"],
)
def test_waiting_for_proof_of_identity_stops_the_clock(
    received, asked, answered, extended, expected
):
    waited = [Suspension(asked, answered)]
    assert due(received, extended=extended, suspensions=waited) == expected


@pytest.mark.parametrize(
    "suspensions",
    [
        [
            Suspension(date(2026, 3, 4), date(2026, 3, 11)),
            Suspension(date(2026, 3, 10), date(2026, 3, 12)),
        ],
        [Suspension(date(2026, 3, 11), date(2026, 3, 4))],
        [Suspension(date(2026, 3, 1), date(2026, 3, 4))],
    ],
    ids=["overlapping", "backwards", "before receipt"],
)
def test_a_suspension_that_cannot_be_is_refused(suspensions):
    with pytest.raises(Invalid):
        due(date(2026, 3, 2), suspensions=suspensions)


@pytest.mark.parametrize(
    ("instant", "received", "expected"),
    [
        (datetime(2026, 1, 31, 22, 59, 59, tzinfo=UTC), date(2026, 1, 31), date(2026, 3, 2)),
        (datetime(2026, 1, 31, 23, 0, 0, tzinfo=UTC), date(2026, 2, 1), date(2026, 3, 2)),
        (datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC), date(2026, 6, 30), date(2026, 7, 30)),
        (datetime(2026, 6, 30, 22, 0, 0, tzinfo=UTC), date(2026, 7, 1), date(2026, 8, 3)),
    ],
)
def test_the_day_of_receipt_is_the_day_in_paris(instant, received, expected):
    assert receipt_day(instant) == received
    assert due(received) == expected


def test_the_last_minute_of_the_due_date_in_paris_is_in_time():
    last = datetime(2026, 12, 22, 22, 59, 59, tzinfo=UTC)
    assert in_time(last, date(2026, 12, 22))
    assert not in_time(last + timedelta(seconds=1), date(2026, 12, 22))


def test_each_step_of_the_computation_says_why():
    computed = answer_due(date(2026, 3, 5), RULES, "metropole")
    assert computed.raw == date(2026, 4, 5)
    assert [(step.day.day, step.cause, step.detail) for step in computed.steps] == [
        (5, Cause.RECEIVED, ""),
        (5, Cause.MONTHS, "1"),
        (5, Cause.SUNDAY, ""),
        (6, Cause.HOLIDAY, "easter_monday"),
        (7, Cause.WORKING, ""),
    ]


def test_the_longest_wait_for_a_working_day_is_four_days():
    computed = answer_due(date(2043, 4, 7), RULES, "metropole")
    assert (computed.raw, computed.due) == (date(2043, 5, 7), date(2043, 5, 11))


@given(DAYS, CALENDARS, st.booleans())
def test_the_due_date_is_always_a_working_day(received, calendar, extended):
    day = due(received, calendar, extended=extended)
    assert day.weekday() < 5
    assert holiday_on(day, RULES.calendars[calendar]) is None


@given(DAYS)
def test_the_answer_has_between_28_and_34_days(received):
    assert 28 <= (due(received) - received).days <= 34


@given(DAYS, CALENDARS)
def test_a_later_request_is_never_due_earlier(received, calendar):
    assert due(received, calendar) <= due(received + timedelta(days=1), calendar)


@given(DAYS)
def test_the_roll_is_at_most_four_days(received):
    computed = answer_due(received, RULES, "metropole")
    assert timedelta(0) <= computed.due - computed.raw <= timedelta(days=4)


@given(DAYS, st.integers(0, 36))
def test_adding_months_keeps_the_day_or_takes_the_last(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
