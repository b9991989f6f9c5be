"""Seventy-two hours pass, whatever the calendar says."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailer.breaches.countdown import ends_at, left, timer
from mailer.rulebook import load

PARIS = ZoneInfo("Europe/Paris")
HOURS = load().figures.breach_hours.value
AWARE = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("aware", "end"),
    [
        # A night of 23 hours lies between, one of 25, and a holiday with a week-end.
        ("2026-03-27T18:30+01:00", "2026-03-30T19:30+02:00"),
        ("2026-10-23T18:30+02:00", "2026-10-26T17:30+01:00"),
        ("2026-12-24T23:10+01:00", "2026-12-27T23:10+01:00"),
    ],
)
def test_the_hours_elapse_through_nights_week_ends_and_changes_of_the_clock(aware, end):
    found = ends_at(datetime.fromisoformat(aware), HOURS)
    assert found == datetime.fromisoformat(end)
    assert found.astimezone(PARIS).isoformat(timespec="minutes") == end


def test_an_hour_of_paris_is_counted_like_the_same_instant_in_utc():
    in_paris = datetime(2026, 10, 23, 18, 30, tzinfo=PARIS)
    assert ends_at(in_paris, HOURS) == ends_at(in_paris.astimezone(UTC), HOURS)


def test_what_is_left_turns_negative_once_it_is_over():
    assert left(AWARE, AWARE + timedelta(hours=70), HOURS) == timedelta(hours=2)
    assert left(AWARE, AWARE + timedelta(hours=75), HOURS) == timedelta(hours=-3)


@pytest.mark.parametrize(
    ("passed", "name"),
    [
        (timedelta(hours=23, minutes=59), None),
        (timedelta(hours=24), "hours-24"),
        (timedelta(hours=47), "hours-24"),
        (timedelta(hours=48), "hours-48"),
        (timedelta(hours=66), "hours-66"),
        (timedelta(hours=72), "hours-66"),
        (timedelta(hours=72, seconds=1), "over"),
        (timedelta(days=40), "over"),
    ],
)
def test_each_moment_of_the_clock_has_one_reminder(passed, name):
    assert timer(AWARE, AWARE + passed, HOURS) == name
