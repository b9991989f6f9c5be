"""Hints: they leave with the commit, and never without it."""

from datetime import timedelta

import pytest

from mailer.clock import now
from mailer.db import hint, transaction
from mailer.worker import queue
from mailer.worker.queue import Queue
from mailer.worker.schedule import Lane


@pytest.fixture(params=["file", "postgresql"])
def waiting(request, app):
    """The queue of the application."""
    url = app.config["DATABASE_URL"].replace("postgresql+psycopg", "postgresql")
    if request.param == "postgresql":
        if not url.startswith("postgresql"):
            pytest.skip("the queue is tried on PostgreSQL where the data are")
        app.config["QUEUE_URL"] = url
        queue.install(app)
    found = queue.of(app)
    yield found
    for engine in found.engines.values():
        engine.huey.storage.close()


def prompt(queue):
    """The engine of what people wait for."""
    return queue.engines[Lane.PROMPT].huey


def pending(queue):
    return sum(engine.huey.pending_count() for engine in queue.engines.values())


def test_a_hint_is_queued_by_the_commit(waiting):
    with transaction():
        hint("send-outbox")
        hint("send-outbox")
        assert pending(waiting) == 0

    assert pending(waiting) == 1
    assert prompt(waiting).pending()[0].args == ("send-outbox",)


def test_a_transaction_that_fails_queues_nothing(waiting):
    with pytest.raises(LookupError), transaction():
        promise_and_fail()

    assert pending(waiting) == 0


def promise_and_fail():
    hint("send-outbox")
    raise LookupError


def test_a_hint_for_later_keeps_its_hour(waiting):
    at = now() + timedelta(hours=1)
    with transaction():
        hint("send-outbox", at)

    (task,) = prompt(waiting).pending()
    prompt(waiting).execute(task)

    assert task.eta == at.replace(tzinfo=None)
    assert len(prompt(waiting).scheduled()) == 1


def test_what_is_queued_is_json_that_runs_nothing(waiting):
    waiting.put("send-outbox")

    assert b'["send-outbox"]' in bytes(prompt(waiting).storage.enqueued_items()[0])


def test_a_queue_that_cannot_be_reached_undoes_no_commit(app, capsys):
    app.config["QUEUE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    app.extensions[queue.KEY] = Queue(app)

    with transaction():
        hint("send-outbox")

    assert "event=queue.unreachable job=send-outbox" in capsys.readouterr().err


def test_a_turn_puts_each_job_in_the_queue_once(waiting):
    waiting.put_due()
    first = pending(waiting)
    waiting.put_due()

    assert first == pending(waiting) > 0
