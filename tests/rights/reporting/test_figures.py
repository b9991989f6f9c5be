from datetime import date

import pytest

from mailer.rights.kinds import Right
from mailer.rights.reporting import figures
from mailer.rights.reporting.figures import Answer
from mailer.web.calendar_spans import (
    months_until,
    week_of,
    weeks_between,
    weeks_until,
)

SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)
DUE = date(2026, 12, 22)


def answer(day, due=DUE):
    return Answer(SUNDAY, day, due)


def test_a_week_begins_on_monday_even_across_the_year():
    assert week_of(SUNDAY) == date(2026, 11, 16)
    assert week_of(MONDAY) == MONDAY
    assert week_of(date(2027, 1, 3)) == date(2026, 12, 28)


def test_the_last_weeks_end_with_this_one():
    assert weeks_until(date(2026, 11, 26), 3) == [date(2026, 11, 9), date(2026, 11, 16), MONDAY]


def test_the_weeks_ahead_hold_their_last_day():
    assert weeks_between(SUNDAY, MONDAY) == [date(2026, 11, 16), MONDAY]


def test_the_last_months_cross_the_year_from_a_day_that_some_months_lack():
    assert months_until(date(2027, 1, 31), 3) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]


@pytest.mark.parametrize(("days", "median"), [([], None), ([3], 3), ([1, 9, 2], 2), ([1, 2], 1.5)])
def test_the_median_is_what_half_did_not_exceed(days, median):
    assert figures.median_days(days) == median


def test_an_answer_on_the_last_day_is_in_time():
    assert figures.in_time([answer(DUE), answer(date(2026, 12, 23))]) == 50


def test_a_hundred_percent_is_said_only_when_not_one_was_late():
    assert figures.share(299, 300) == 99
    assert figures.share(300, 300) == 100
    assert figures.share(0, 0) is None


def test_a_sunday_counts_in_the_week_that_ends():
    weeks = weeks_until(MONDAY, 2)
    counted = [(SUNDAY, Right.ACCESS, 2), (MONDAY, Right.ACCESS, 1), (SUNDAY, Right.ERASURE, 1)]
    assert figures.rights_by_week(counted, weeks) == [
        {Right.ACCESS: 2, Right.ERASURE: 1},
        {Right.ACCESS: 1},
    ]


def test_answers_are_grouped_by_the_month_they_were_given_in():
    months = months_until(DUE, 2)
    given = [answer(MONDAY), answer(DUE)]
    assert figures.grouped(given, lambda day: day.replace(day=1), months) == [
        [answer(MONDAY)],
        [answer(DUE)],
    ]
