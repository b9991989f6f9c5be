"""Who is due which letter of a series: the rule alone."""

from datetime import UTC, datetime, timedelta

import pytest

from mailer.delivery.sequence_rules import APART, due, is_current

START = datetime(2026, 11, 2, 10, tzinfo=UTC)


def day(number):
    return START + timedelta(days=number)


@pytest.mark.parametrize(
    ("days", "planned", "now", "expected"),
    [
        # A welcome: whoever confirmed since the start, until now.
        (0, 0, 0, (0, 0)),
        (0, 0, 5, (0, 5)),
        # Three days after: nobody before the third day.
        (3, 0, 2, None),
        (3, 0, 3, (0, 0)),
        (3, 0, 10, (0, 7)),
        # Planned on the tenth day: not those whose third day had passed by then.
        (3, 10, 10, (7, 7)),
        (3, 10, 15, (7, 12)),
        # Planned before the start, it reaches nobody who confirmed before that.
        (3, -30, 5, (0, 2)),
        # What is sixty days late is passed over.
        (0, 0, 100, (40, 100)),
        (3, 0, 100, (37, 97)),
    ],
)
def test_the_day_of_a_letter_says_who_confirmed_for_it(days, planned, now, expected):
    found = due(days, START, day(planned), day(now))
    bounds = found and (found.confirmed_since, found.confirmed_until)
    assert bounds == (expected and tuple(map(day, expected)))


def test_whoever_had_the_letter_a_month_before_may_have_it_again():
    found = due(3, START, START, day(50))
    assert found.had_since == day(17)
    assert found.another_since == day(50) - APART


@pytest.mark.parametrize(
    ("opened", "started", "now", "expected"),
    [(0, 0, 29, True), (0, 0, 30, False), (0, 1, 2, False), (1, 1, 2, True)],
)
def test_a_campaign_takes_people_in_for_a_month_and_for_one_start(opened, started, now, expected):
    assert is_current(day(opened), day(started), day(now)) is expected
