from datetime import UTC, datetime, timedelta

from mailer.mail.retry import PATIENCE, next_attempt, relay_pause

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def waits():
    """The minutes between attempts until it is given up."""
    found = []
    while at := next_attempt(len(found) + 1, AT):
        found.append((at - AT) / timedelta(minutes=1))
    return found


def test_it_is_tried_again_after_5_15_and_60_minutes_then_every_4000_seconds():
    assert waits()[:5] == [5, 15, 60, 4000 / 60, 4000 / 60]


def test_it_is_given_up_after_five_days():
    total = timedelta(minutes=sum(waits()))

    assert PATIENCE - timedelta(seconds=4000) < total <= PATIENCE


def test_a_relay_is_left_alone_for_30_seconds_then_for_a_minute():
    lengths = [relay_pause(times) // timedelta(seconds=1) for times in (1, 2, 3, 4, 5, 6, 10_000)]

    assert lengths == [30, 60, 60, 60, 60, 60, 60]
