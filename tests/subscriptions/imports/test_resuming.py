"""A worker that dies in the middle: the next one goes on, and nobody is there twice."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select

from mailer.clock import now
from mailer.consent.models import ConsentEvent
from mailer.db import db, transaction
from mailer.subscriptions.imports import jobs, operations, queries
from mailer.subscriptions.imports.models import ImportRow
from mailer.subscriptions.imports.stages import Stage
from mailer.subscriptions.models import Subscriber, Subscription

ROOT = Path(__file__).parents[3]
PEOPLE = 10_100
WAIT_SECONDS = 60


@pytest.fixture
def file():
    return "email\n" + "".join(f"p{n}@exemple.fr\n" for n in range(PEOPLE))


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_killed_worker_leaves_whole_chunks_and_the_next_goes_on(app, desk, file):
    import_id = desk.reads(file)
    with transaction():
        operations.approve(import_id, "account:1", now())
    settings = {name: app.config[name] for name in ("DATABASE_URL", "DATA_FOLDER")}
    environ = os.environ | {f"MAILER_{name}": value for name, value in settings.items()}
    environ |= {"MAILER_FINGERPRINT_KEY": app.config["FINGERPRINT_KEY"]}

    worker = subprocess.Popen([sys.executable, "-m", "mailer", "worker"], cwd=ROOT, env=environ)
    deadline = time.monotonic() + WAIT_SECONDS
    while count(Subscription) == 0 and time.monotonic() < deadline:
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait()

    taken = count(Subscription)
    assert taken > 0
    assert taken == count(Subscriber) == count(ConsentEvent) == PEOPLE - count(ImportRow)
    with time_machine.travel(now() + operations.LEASE + timedelta(seconds=1)):
        jobs.run()
    assert count(Subscription) == count(Subscriber) == count(ConsentEvent) == PEOPLE
    assert queries.find(import_id).taken == {"new": PEOPLE}


def test_a_reading_that_was_cut_short_begins_anew(desk, file):
    import_id = desk.receives(file)
    with transaction():
        layout = operations.layout(queries.find(import_id))
        operations.describe(import_id, desk.list_id, layout, desk.origin, now())
        db.session.add(
            ImportRow(import_id=import_id, fingerprint="f", address="a", language="fr", fate="take")
        )

    jobs.run()

    assert queries.find(import_id).counts == {"new": PEOPLE, "lines": PEOPLE}
    assert count(ImportRow) == PEOPLE


def test_nobody_else_works_at_an_import_while_its_lease_lasts(desk, file):
    import_id = desk.reads(file)
    with transaction():
        operations.approve(import_id, "account:1", now())
        queries.held(import_id).lease_until = now() + operations.LEASE

    jobs.run()

    assert queries.find(import_id).stage == Stage.WRITING
    assert count(Subscriber) == 0
