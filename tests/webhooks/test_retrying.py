"""When a telling is tried again, and how long its receiver rests."""

from datetime import timedelta

import pytest

from mailer.clock import now
from mailer.webhooks import retrying


def test_the_delays_grow_and_last_three_days():
    assert list(retrying.DELAYS) == sorted(retrying.DELAYS)
    assert timedelta(days=2, hours=20) < sum(retrying.DELAYS, timedelta()) <= timedelta(days=3)
    assert retrying.next_delay(len(retrying.DELAYS) + 1) is None


@pytest.mark.parametrize(
    ("failing_for", "rest"),
    [
        (timedelta(), retrying.SHORTEST_REST),
        (timedelta(minutes=3), timedelta(minutes=3)),
        (timedelta(days=1), retrying.LONGEST_REST),
    ],
)
def test_who_has_failed_for_long_rests_for_longer(failing_for, rest):
    at = now()
    assert retrying.rest(at - failing_for, at) == rest
