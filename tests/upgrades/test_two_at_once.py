"""Processes that migrate one database at once: one does it, the others wait, none fails."""

import os
import subprocess
import sys
import time
from pathlib import Path

import flask_migrate
import pytest
from sqlalchemy import text

from mailer import schema
from mailer.db import db
from mailer.resources import folder

ROOT = Path(__file__).parents[2]
MIGRATIONS = str(folder("migrations"))
WAIT_SECONDS = 150
WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")


@pytest.fixture
def start(app):
    """`start("migrate")`: the command in a process of its own, on a database of before.

    On SQLite there is none at all: who opens a new file second is not even let wait by it.
    """
    flask_migrate.Migrate(app, db)
    if db.engine.dialect.name == "postgresql":
        flask_migrate.downgrade(directory=MIGRATIONS, revision="-3")
    db.session.remove()
    db.engine.dispose()
    for file in Path(app.config["DATA_FOLDER"]).glob("test.sqlite*"):
        file.unlink()
    settings = {name: app.config[name] for name in ("DATABASE_URL", "DATA_FOLDER")}
    environ = os.environ | {f"MAILER_{name}": value for name, value in settings.items()}
    begun = []

    def run(*words):
        begun.append(
            subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "mailer", *words],
                cwd=ROOT,
                env=environ,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
        return begun[-1]

    yield run
    for process in begun:
        process.kill()
        process.wait()


def test_two_that_start_at_once_make_every_table_once(start):
    processes = [start("migrate") for _ in range(2)]

    said = [process.communicate(timeout=WAIT_SECONDS)[0] for process in processes]

    assert [process.returncode for process in processes] == [0, 0], said
    assert schema.held(db.session.connection()) == schema.needed()


def test_one_waits_for_the_other_on_postgresql(app, start):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has its writer's lock, which the test above is about")
    with db.engine.connect() as holder, db.engine.connect() as watcher:
        holder.execute(text("SELECT pg_advisory_xact_lock(20260101)"))
        process = start("migrate")
        until = time.monotonic() + WAIT_SECONDS
        while not watcher.execute(WAITING).scalar() and time.monotonic() < until:
            watcher.rollback()
            time.sleep(0.05)
        assert process.poll() is None
        holder.rollback()
    assert process.communicate(timeout=WAIT_SECONDS)[0].endswith("The database is up to date.\n")
