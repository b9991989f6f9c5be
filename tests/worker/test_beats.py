"""Workers are alive while they beat."""

from datetime import timedelta

import pytest

from mailer.clock import now
from mailer.db import transaction
from mailer.worker import beats


@pytest.fixture
def beat(app):
    """`beat(seconds_ago)`: a worker of its own that beat then."""

    def one(seconds_ago, doing=()):
        at = now() - timedelta(seconds=seconds_ago)
        who = beats.identity(at)
        with transaction():
            beats.beat(who, doing, at)
        return who

    return one


def test_a_worker_beats_in_one_row(beat):
    who = beat(30)
    with transaction():
        beats.beat(who, ["purge", "send-outbox"], now())
    (found,) = beats.known()
    assert (found.worker, found.doing) == (who.worker, "purge send-outbox")


def test_two_workers_of_one_process_are_two(beat):
    beat(2), beat(1)
    assert len(beats.known()) == 2


def test_no_worker_is_alive_before_the_first_beat(app):
    assert beats.are_all_silent(now())


@pytest.mark.parametrize(("seconds_ago", "is_silent"), [(50, False), (70, True)])
def test_a_worker_that_has_not_beaten_for_a_minute_is_silent(beat, seconds_ago, is_silent):
    beat(seconds_ago)
    assert beats.are_all_silent(now()) is is_silent
    assert beats.is_silent(beats.known()[0], now()) is is_silent


def test_a_silent_worker_is_forgotten_after_a_day(beat):
    beat(timedelta(days=1, minutes=1).total_seconds())
    alive = beat(0)
    assert [one.worker for one in beats.known()] == [alive.worker]


def test_one_that_ends_is_gone(beat):
    with transaction():
        beats.end(beat(0))
    assert beats.known() == []
