"""When letters leave by themselves: the clock of Paris, its two changes, the ends of months."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.clock import PARIS
from mailer.newsletters.periods import Rhythm, Timetable, following, instant, latest

DAILY = Timetable(Rhythm.DAILY, time(9))
MONDAYS = Timetable(Rhythm.WEEKLY, time(9), weekdays=(0,))
START = datetime(2025, 1, 1, tzinfo=UTC)
WORKDAYS = Timetable(Rhythm.DAILY, time(9), weekdays=(0, 1, 2, 3, 4))


def paris(*parts):
    return datetime(*parts, tzinfo=PARIS).astimezone(UTC)


def coming(timetable, after, many):
    found = []
    for _ in range(many):
        found.append(following(timetable, found[-1].at if found else after))
    return found


def test_a_daily_letter_leaves_at_the_same_hour_of_the_clock_across_both_changes():
    for start in (paris(2026, 3, 26), paris(2026, 10, 22)):
        found = coming(DAILY, start, 6)
        assert {each.at.astimezone(PARIS).time() for each in found} == {time(9)}
        assert len({each.period for each in found}) == 6


def test_an_hour_that_the_spring_skips_moves_to_the_next_minute_that_there_is():
    assert instant(date(2026, 3, 29), time(2, 30)) == paris(2026, 3, 29, 3, 0)


def test_an_hour_that_comes_twice_in_autumn_is_taken_once_the_first_time():
    nightly = Timetable(Rhythm.DAILY, time(2, 30))
    first, after = coming(nightly, paris(2026, 10, 24, 12), 2)
    assert (first.period, first.at) == ("2026-10-25", datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    assert after.period == "2026-10-26"


def test_a_letter_of_working_days_leaves_the_week_end_out():
    periods = [each.period for each in coming(WORKDAYS, paris(2026, 11, 26, 12), 3)]
    assert periods == ["2026-11-27", "2026-11-30", "2026-12-01"]


def test_a_week_is_named_as_iso_8601_names_it():
    assert following(MONDAYS, paris(2026, 12, 30)).period == "2027-W01"


@pytest.mark.parametrize(
    ("month", "last"), [(1, 31), (2, 28), (4, 30)], ids=["January", "February", "April"]
)
def test_the_31st_is_the_last_day_of_each_month(month, last):
    monthly = Timetable(Rhythm.MONTHLY, time(9), day=31)
    assert following(monthly, paris(2026, month, 2)).at == paris(2026, month, last, 9)


def test_the_29th_of_february_is_there_in_a_leap_year():
    monthly = Timetable(Rhythm.MONTHLY, time(9), day=30)
    assert following(monthly, paris(2028, 2, 1)).at == paris(2028, 2, 29, 9)


def test_of_periods_that_passed_the_last_one_counts():
    found = latest(DAILY, paris(2026, 11, 24, 9), paris(2026, 11, 27, 8))
    assert found == ("2026-11-26", paris(2026, 11, 26, 9))


def test_nothing_is_late_before_its_hour():
    assert latest(DAILY, paris(2026, 11, 24, 9, 1), paris(2026, 11, 25, 8, 59)) is None


MOMENTS = st.integers(0, 5 * 365 * 24 * 60).map(lambda n: START + timedelta(minutes=n))
timetables = st.one_of(
    st.builds(
        Timetable,
        st.just(Rhythm.DAILY),
        st.times().map(lambda hour: hour.replace(second=0, microsecond=0)),
        st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    ),
    st.builds(
        Timetable,
        st.just(Rhythm.WEEKLY),
        st.just(time(2, 30)),
        st.integers(0, 6).map(lambda d: (d,)),
    ),
    st.builds(Timetable, st.just(Rhythm.MONTHLY), st.just(time(2, 30)), day=st.integers(1, 31)),
)


@given(timetables, MOMENTS)
def test_each_period_comes_once_and_in_order(timetable, after):
    found = coming(timetable, after, 8)
    assert all(one.at < two.at and one.period < two.period for one, two in pairwise(found))
    assert found[0].at > after
    assert latest(timetable, found[0].at, found[-1].at) == found[-1]
    assert found[0].at - after <= timedelta(days=32)
