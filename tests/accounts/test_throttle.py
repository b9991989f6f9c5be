from datetime import UTC, datetime, timedelta

import pytest

from mailer.accounts.throttle import Tallies, Tally

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NONE = Tally(0, None)


def tallies(pair=0, network=0, address=0, *, usual=False):
    return Tallies(Tally(pair, AT), Tally(network, AT), Tally(address, AT), usual)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (8, 8), (9, 15), (99, 15)]
)
def test_each_failure_doubles_the_wait_up_to_a_quarter_of_an_hour(failures, minutes):
    assert tallies(pair=failures).wait(AT) == timedelta(minutes=minutes)


def test_the_wait_passes():
    assert tallies(pair=6).wait(AT + timedelta(minutes=2)) == timedelta(0)


def test_without_failures_there_is_none():
    assert Tallies(NONE, NONE, NONE, is_usual_network=False).wait(AT) == timedelta(0)


def test_strangers_slow_an_address_by_half_a_minute_at_most():
    assert tallies(address=10_000).wait(AT) == timedelta(seconds=30)


def test_strangers_never_slow_its_owner_where_they_signed_in_before():
    assert tallies(address=10_000, usual=True).wait(AT) == timedelta(0)


def test_a_colleague_slows_their_neighbour_by_half_a_minute_at_most():
    assert tallies(pair=10_000, usual=True).wait(AT) == timedelta(seconds=30)


def test_a_network_that_fails_never_slows_whoever_signed_in_there_before():
    assert tallies(network=10_000, usual=True).wait(AT) == timedelta(0)


def test_codes_of_six_figures_wait_as_long_where_one_was_right_before():
    assert tallies(pair=9, usual=True).wait_for_a_code(AT) == timedelta(minutes=15)


def test_a_network_that_tries_many_addresses_waits():
    assert tallies(network=55).wait(AT) == timedelta(seconds=16)
    assert tallies(network=10_000).wait(AT) == timedelta(minutes=1)


@pytest.mark.parametrize("door", ["pair", "network", "address"])
def test_no_ceiling_locks_anyone_out(door):
    besieged = tallies(**{door: 1_000_000})

    assert besieged.wait(AT) > timedelta(0)
    assert besieged.wait(AT + timedelta(minutes=15)) == timedelta(0)
