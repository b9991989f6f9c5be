"""The quiet hours, by the clock of Paris."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.clock import PARIS
from mailer.delivery.hours import resumes_at

NIGHT = "22:00-07:00"


def paris(*parts, fold=0):
    return datetime(*parts, tzinfo=PARIS, fold=fold)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (paris(2026, 11, 24, 21, 59), None),
        (paris(2026, 11, 24, 22, 0), paris(2026, 11, 25, 7)),
        (paris(2026, 11, 25, 0, 0), paris(2026, 11, 25, 7)),
        (paris(2026, 11, 25, 6, 59), paris(2026, 11, 25, 7)),
        (paris(2026, 11, 25, 7, 0), None),
    ],
)
def test_at_night_campaigns_wait_for_the_morning(at, until):
    assert resumes_at(NIGHT, at) == until


def test_quiet_hours_may_lie_within_a_day():
    assert resumes_at("12:00-14:00", paris(2026, 11, 24, 13)) == paris(2026, 11, 24, 14)
    assert resumes_at("12:00-14:00", paris(2026, 11, 24, 14)) is None


def test_without_quiet_hours_campaigns_send_at_any_time():
    assert resumes_at("", paris(2026, 11, 24, 3)) is None


@pytest.mark.parametrize("day", [(2027, 3, 28), (2026, 10, 25)])
def test_when_the_clock_changes_the_morning_is_still_that_of_the_clock(day):
    assert resumes_at(NIGHT, paris(*day, 0, 30)) == paris(*day, 7)


def test_an_hour_that_comes_twice_is_quiet_both_times():
    first, second = (paris(2026, 10, 25, 2, 15, fold=fold) for fold in (0, 1))
    between = first + timedelta(minutes=30)

    ends = {resumes_at("22:00-02:30", at.astimezone(UTC)) for at in (first, between, second)}
    assert ends == {paris(2026, 10, 25, 2, 30, fold=1).astimezone(UTC)}


def test_an_end_that_the_clock_skips_comes_no_sooner():
    assert resumes_at("22:00-02:30", paris(2027, 3, 28, 1, 59)) == paris(2027, 3, 28, 3, 30)


minutes = st.times().map(lambda found: found.replace(second=0, microsecond=0))
# Two years, to the second and to the microsecond before it.
instants = st.builds(
    lambda seconds, micro: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(0, seconds, micro),
    st.integers(0, 2 * 365 * 86_400),
    st.sampled_from([0, 999_999]),
)


@given(minutes, minutes, instants)
def test_whatever_the_hours_nothing_leaves_within_them_and_all_may_after(begins, ends, at):
    setting = f"{begins:%H:%M}-{ends:%H:%M}"
    until = resumes_at(setting, at)

    assert until is None or (at < until <= at + timedelta(hours=26))
    if until is None:
        assert not within(begins, ends, at.astimezone(PARIS).time())


def within(begins: time, ends: time, clock: time) -> bool:
    if begins < ends:
        return begins <= clock < ends
    return begins != ends and (clock >= begins or clock < ends)
