"""The numbers of a year, from lines alone."""

import json
from datetime import date

import pytest

from mailer.rights.grounds import Ground
from mailer.rights.kinds import Right
from mailer.rights.reporting.yearly import Line, Questions, age, as_data, report
from mailer.rights.states import Outcome, State

ON = date(2026, 11, 23)


def line(state=State.ANSWERED, outcome=Outcome.GRANTED, days=10, **more):
    base = {"right": Right.ACCESS, "channel": "post", "is_in_time": True, "is_extended": False}
    return Line(state=state, outcome=outcome, days=days, **base | more)


def numbers(*lines):
    return report(2026, ON, lines, Questions(0, 0))


def test_every_line_is_counted_once_by_right_by_channel_and_by_how_it_ended():
    found = numbers(
        line(),
        line(right=Right.ERASURE, channel="form", outcome=Outcome.PARTLY),
        line(State.WITHDRAWN, None),
        line(State.IN_PROGRESS, None),
    )
    assert found.rights == {Right.ACCESS: 3, Right.ERASURE: 1}
    assert found.channels == {"post": 3, "form": 1}
    assert found.outcomes == {Outcome.GRANTED: 1, Outcome.PARTLY: 1}
    assert found.endings == {State.WITHDRAWN: 1}
    assert found.asked == 4 == sum(found.outcomes.values()) + sum(found.endings.values()) + 1


def test_cases_are_counted_as_long_as_every_line_says_of_which_it_is():
    assert numbers(line(case=1), line(case=1), line(case=2)).cases == 2
    assert numbers(line(case=1), line()).cases is None


def test_only_answers_have_a_delay():
    found = numbers(line(days=3), line(days=30), line(State.WITHDRAWN, None, days=99))
    assert (found.median_days, found.longest_days, found.answered) == (16.5, 30, 2)


def test_a_line_that_was_decided_and_then_withdrawn_is_no_answer():
    found = numbers(line(State.WITHDRAWN, Outcome.GRANTED))
    assert (found.answered, found.outcomes, found.endings) == (0, {}, {State.WITHDRAWN: 1})


def test_late_answers_are_counted_and_lower_the_share():
    found = numbers(line(), line(), line(is_in_time=False))
    assert (found.late, found.in_time) == (1, 66)


def test_a_refusal_keeps_its_ground_and_a_granted_line_has_none():
    found = numbers(
        line(outcome=Outcome.REFUSED, ground=Ground.EXCESSIVE),
        line(outcome=Outcome.PARTLY, ground=None),
        line(ground=Ground.EXCESSIVE),
    )
    assert (found.refused, found.grounds) == (2, {Ground.EXCESSIVE: 1})


@pytest.mark.parametrize(("days", "last"), [(0, 15), (15, 15), (16, 30), (90, 90), (91, None)])
def test_an_open_case_is_in_one_class_of_age(days, last):
    assert age(days) == last
    assert numbers(line(State.READY, None, days=days)).ages == {last: 1}


def test_a_year_without_anything_has_no_median_and_no_share():
    found = numbers()
    assert (found.median_days, found.longest_days, found.in_time) == (None, None, None)


def test_the_data_are_codes_and_numbers():
    said = json.loads(json.dumps(as_data(numbers(line(channel="form")))))
    assert said["rights"] == {"access": 1}
    assert said["open_by_age"][-1] == {"until_days": None, "number": 0}
    assert (said["unit"], said["in_time_percent"]) == ("right", 100)
