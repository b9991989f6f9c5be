"""The choice by numbers, from what each subject brought."""

import pytest

from mailer.delivery.subject_tests import (
    FEWEST_EVENTS,
    FEWEST_PEOPLE,
    Basis,
    Choice,
    Tally,
    Verdict,
    choose,
    distance,
    fewest_readers,
    people_each,
)


def left(*numbers, sent=1000):
    """What subjects brought of which so many left."""
    return [Tally(n, sent, departures=count) for n, count in enumerate(numbers, start=1)]


def clicked(*numbers, measured=1000):
    return [
        Tally(n, measured, measured=measured, clicked=count)
        for n, count in enumerate(numbers, start=1)
    ]


def test_a_subject_that_far_fewer_leave_by_wins():
    assert choose(left(40, 8)) == Choice(2, Verdict.DECIDED, Basis.DEPARTURES)


def test_a_complaint_counts_as_a_departure():
    tallies = [Tally(1, 1000, departures=4), Tally(2, 1000, departures=4, complaints=40)]
    assert choose(tallies) == Choice(1, Verdict.DECIDED, Basis.DEPARTURES)


def test_a_small_lead_may_be_chance_and_the_first_goes():
    assert choose(left(12, 8)) == Choice(1, Verdict.CHANCE, Basis.DEPARTURES)


def test_subjects_that_do_alike_leave_the_first():
    assert choose(left(12, 12, 12)) == Choice(1, Verdict.CHANCE, Basis.DEPARTURES)


@pytest.mark.parametrize(
    "tallies",
    [
        left(FEWEST_EVENTS - 1, 0),
        left(0, 0),
        left(30, 0, sent=FEWEST_PEOPLE - 1),
        left(0, 0, sent=0),
    ],
)
def test_too_few_decide_nothing(tallies):
    assert choose(tallies) == Choice(1, Verdict.TOO_FEW, Basis.DEPARTURES)


def test_clicks_decide_where_enough_agreed_and_more_are_better():
    assert choose(clicked(100, 160)) == Choice(2, Verdict.DECIDED, Basis.CLICKS)


def test_clicks_of_too_few_people_leave_it_to_departures():
    found = choose(clicked(20, 40, measured=FEWEST_PEOPLE - 1))
    assert found.basis is Basis.DEPARTURES


def test_each_subject_more_asks_for_a_larger_lead():
    lead = (100, 129)
    assert choose(clicked(*lead)).verdict is Verdict.DECIDED
    assert choose(clicked(*lead, 100, 100)).verdict is Verdict.CHANCE


def test_the_first_may_win_by_itself():
    assert choose(left(5, 40)) == Choice(1, Verdict.DECIDED, Basis.DEPARTURES)


def test_the_distance_is_that_of_the_two_proportion_test():
    # Pooled share 0.115: 0.03 / sqrt(0.115 * 0.885 * 2 / 1000), worked out by hand.
    assert distance(100, 1000, 130, 1000) == pytest.approx(2.1027, abs=1e-4)
    assert distance(0, 1000, 0, 1000) == 0


def test_people_are_dealt_out_in_whole_persons():
    assert people_each(1000, 25, 3) == 83


def test_the_smallest_list_is_just_enough_for_two_subjects():
    assert people_each(fewest_readers(), 50, 2) == FEWEST_PEOPLE
    assert people_each(fewest_readers() - 1, 50, 2) < FEWEST_PEOPLE
