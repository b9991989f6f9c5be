from datetime import UTC, datetime, timedelta

from mailer.db import transaction
from mailer.worker import turns
from mailer.worker.schedule import Job

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
JOB = Job("note", lambda: None, timedelta(seconds=30))


def take(at):
    """The names that a worker takes at that time."""
    with transaction():
        return turns.take({JOB: turns.number(JOB.every, at)}, at)


def test_of_two_workers_one_takes_the_turn(app):
    assert [take(AT), take(AT + timedelta(seconds=1))] == [["note"], []]


def test_the_next_turn_comes_after_its_interval(app):
    take(AT)

    assert take(AT + timedelta(seconds=30)) == ["note"]


def test_a_worker_whose_clock_is_late_takes_no_turn_twice(app):
    take(AT)

    assert take(AT - timedelta(minutes=1)) == []


def test_a_turn_taken_by_a_clock_that_was_years_ahead_is_taken_again(app):
    assert [take(AT + timedelta(days=3650)), take(AT)] == [["note"], ["note"]]
