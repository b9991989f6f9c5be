"""The demo's lists grow in a plausible way, up to now and no later."""

from datetime import UTC, datetime, timedelta

import pytest

from mailer.demo.growth import LINK_LIVES, PENDING, WEEKS, grown
from mailer.demo.people import invented

NOW = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def readers():
    return grown(invented(2000), NOW)


def test_growth_covers_twenty_four_weeks_in_order(readers):
    asked = [reader.requested_at for reader in readers]
    assert asked == sorted(asked)
    assert NOW - timedelta(weeks=WEEKS) - 3 * DAY < asked[0] < NOW - timedelta(weeks=WEEKS) + DAY


def test_each_week_somebody_joins_and_the_last_weeks_bring_more(readers):
    weeks = [0] * (WEEKS + 1)
    for reader in readers:
        weeks[min((NOW - reader.requested_at).days // 7, WEEKS)] += 1
    assert all(weeks[:WEEKS])
    assert sum(weeks[:12]) > sum(weeks[12:])


def test_only_a_few_are_still_to_confirm_and_their_link_is_open(readers):
    pending = [reader for reader in readers if reader.confirmed_at is None]
    assert len(pending) == PENDING
    assert all(NOW - LINK_LIVES < reader.requested_at < NOW for reader in pending)


def test_a_confirmation_follows_the_request_while_the_link_is_open(readers):
    confirmed = [reader for reader in readers if reader.confirmed_at]
    assert all(
        reader.requested_at < reader.confirmed_at < min(NOW, reader.requested_at + LINK_LIVES)
        for reader in confirmed
    )


def test_the_same_history_comes_back(readers):
    assert grown(invented(2000), NOW) == readers
