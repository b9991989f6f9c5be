"""A worker with its threads, and one as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from mailer import shutdown
from mailer.clock import now
from mailer.db import db, hint, transaction
from mailer.delivery import campaigns
from mailer.mail import outbox, relay
from mailer.mail.models import OutboxMessage, State
from mailer.mail.transports.mailbox import Mailbox
from mailer.mail.transports.memory import Memory
from mailer.mail.transports.receiver import LOOPBACK, Receiver
from mailer.rights import journal
from mailer.subscriptions.models import Subscriber
from mailer.worker import beats, queue
from mailer.worker.queue import Queue
from mailer.worker.run import THREADS, working
from mailer.worker.schedule import JOBS, Job, Lane

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60


def until(condition):
    """Wait for it to become true."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


@pytest.fixture
def mailbox(tmp_path):
    return Mailbox(tmp_path / "mailbox")


@pytest.fixture
def free_port():
    with socket.create_server((LOOPBACK, 0)) as found:
        return found.getsockname()[1]


@pytest.fixture
def relay_port(mailbox, free_port):
    receiver = Receiver(mailbox, free_port)
    yield free_port
    receiver.stop()


@pytest.fixture
def process(app, relay_port):
    """`mailer worker` on the data of the test."""
    given = {
        "MAILER_DATABASE_URL": app.config["DATABASE_URL"],
        "MAILER_DATA_FOLDER": app.config["DATA_FOLDER"],
        "MAILER_SMTP_HOST": LOOPBACK,
        "MAILER_SMTP_PORT": str(relay_port),
    }
    worker = subprocess.Popen(
        [sys.executable, "-m", "mailer", "worker"], env=os.environ | given, cwd=ROOT
    )
    yield worker
    worker.kill()
    worker.wait()


def state():
    db.session.rollback()
    return db.session.scalar(db.select(OutboxMessage.state))


def silent():
    db.session.rollback()
    return beats.are_all_silent(now())


def test_a_committed_mail_leaves_by_itself(app, mail):
    carrier = app.extensions[relay.KEY] = Memory()
    with working(app):
        with transaction():
            outbox.put(mail, "test")
        until(lambda: carrier.taken)

    assert state() is State.SENT


def test_a_mail_whose_hint_was_lost_leaves_at_its_turn(app, mail):
    carrier = app.extensions[relay.KEY] = Memory()
    with transaction():
        outbox.put(mail, "test")
        db.session.info.pop("hints")

    with working(app):
        until(lambda: carrier.taken)

    assert len(carrier.taken) == 1


def test_whom_a_backup_brought_back_is_forgotten_before_a_mail_leaves(app, mail):
    carrier = app.extensions[relay.KEY] = Memory()
    journal.append([journal.Line("f" * 64, now())])
    with transaction():
        back = Subscriber(
            address=mail.recipient, fingerprint="f" * 64, language="fr", created_at=now()
        )
        db.session.add(back)
        outbox.put(mail, "test")

    with working(app):
        until(lambda: state() is not State.QUEUED)

    assert carrier.taken == []
    assert db.session.scalars(db.select(Subscriber)).all() == []


def test_what_has_begun_is_finished_before_it_stops(app):
    begun, ended = [], []

    def slow():
        begun.append(1)
        time.sleep(0.5)
        ended.append(1)

    app.extensions[queue.KEY] = Queue(app, (Job("slow", slow, timedelta(minutes=1)),))
    with working(app):
        with transaction():
            hint("slow")
        until(lambda: begun)

    assert ended == [1]


def test_what_takes_long_is_told_that_the_worker_stops(app):
    begun, told = [], []

    def long():
        begun.append(1)
        until(shutdown.requested)
        told.append(1)

    app.extensions[queue.KEY] = Queue(app, (Job("long", long, timedelta(minutes=1)),))
    with working(app):
        with transaction():
            hint("long")
        until(lambda: begun)
        assert not shutdown.requested()

    assert told == [1]


def test_a_mail_overtakes_all_that_takes_long(app, mail):
    carrier = app.extensions[relay.KEY] = Memory()
    begun, go_on = [], threading.Event()

    def long(name):
        def job():
            begun.append(name)
            go_on.wait(PATIENCE_SECONDS)

        return Job(name, job, timedelta(hours=1))

    names = ["a campaign", "an import", "a purge", "one more"]
    outbox_job = next(job for job in JOBS if job.name == outbox.JOB)
    app.extensions[queue.KEY] = Queue(app, (*map(long, names), outbox_job))
    with working(app):
        until(lambda: len(begun) == THREADS[Lane.LONG])
        with transaction():
            outbox.put(mail, "test")
        until(lambda: carrier.taken)
        is_ahead = not go_on.is_set()
        go_on.set()

    assert is_ahead


def test_what_people_wait_for_has_threads_of_its_own():
    prompt = {job.name for job in JOBS if job.lane is Lane.PROMPT}
    assert prompt == {outbox.JOB, campaigns.START, "reconcile"}


def test_a_worker_is_seen_while_it_works_and_takes_its_row_with_it(app):
    go_on = threading.Event()
    slow = Job("slow", lambda: go_on.wait(PATIENCE_SECONDS), timedelta(hours=1))
    app.extensions[queue.KEY] = Queue(app, (slow,))
    with working(app):
        until(lambda: not silent())
        go_on.set()

    assert silent()
    assert beats.known() == []


def test_a_worker_that_cannot_end_is_ended(app):
    """A thread that never returns would hold the process for ever."""
    given = {
        "MAILER_DATABASE_URL": app.config["DATABASE_URL"],
        "MAILER_DATA_FOLDER": app.config["DATA_FOLDER"],
    }
    place = {"env": os.environ | given, "cwd": ROOT, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-m", "tests.worker.stuck"], **place) as worker:
        worker.stdout.readline()
        worker.send_signal(signal.SIGTERM)

        assert worker.wait(timeout=PATIENCE_SECONDS) == -signal.SIGALRM


def test_a_worker_of_its_own_sends_and_leaves_in_peace(app, mail, process, mailbox):
    with transaction():
        outbox.put(mail, "test")

    until(lambda: mailbox.newest(1))
    until(lambda: state() is State.SENT)
    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=PATIENCE_SECONDS) == 0
    assert mailbox.newest(1)[0].message["To"] == "zoe@exemple.fr"


def test_ctrl_c_ends_it_too(process, app):
    until((Path(app.config["DATA_FOLDER"]) / queue.FILE).exists)
    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=PATIENCE_SECONDS) == 0
