"""What a supervisor is told: whether this installation can do its work."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from mailer import schema
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail import allowances
from mailer.monitoring import readiness
from mailer.worker import beats

PAGE = "/readyz"


@pytest.fixture
def worker(app):
    """A worker that has just said that it is alive."""
    with transaction():
        beats.beat(beats.identity(now()), (), now())


@pytest.fixture
def tables_of_another_version(app):
    """A database whose migrations ended earlier; put right after the test."""
    _say(text("UPDATE alembic_version SET version_num = '0001'"))
    yield
    known = schema.needed()
    _say(text("UPDATE alembic_version SET version_num = :known").bindparams(known=known))


def _say(statement):
    with transaction():
        db.session.execute(statement)


def test_an_installation_with_a_worker_is_ready(visitor, worker):
    answer = visitor.get(PAGE)

    assert answer.status_code == 200
    assert answer.json == {
        "state": "ready",
        "parts": dict.fromkeys(("database", "disk", "schema", "workers", "relays"), "ready"),
    }


def test_without_a_worker_it_is_not_ready(visitor):
    answer = visitor.get(PAGE)

    assert (answer.status_code, answer.json["parts"]["workers"]) == (503, "unready")


def test_tables_of_another_version_are_not_ready(visitor, worker, tables_of_another_version):
    assert visitor.get(PAGE).json["parts"]["schema"] == "unready"


def test_a_relay_that_is_left_alone_degrades_and_still_answers_200(visitor, worker):
    with transaction():
        allowances.pause("", "4.3.2", now())

    answer = visitor.get(PAGE)

    assert answer.json["parts"]["relays"] == "degraded"
    assert (answer.status_code, answer.json["state"]) == (200, "degraded")


def test_a_worker_silent_for_a_minute_counts_for_none(app, visitor):
    long_ago = now() - beats.SILENT - timedelta(seconds=1)
    with transaction():
        beats.beat(beats.identity(long_ago), (), long_ago)

    assert visitor.get(PAGE).json["parts"]["workers"] == "unready"


def test_a_database_that_cannot_be_written_to_is_not_ready(app, visitor, worker, tmp_path):
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("PRAGMA query_only = ON"))
    else:
        db.session.execute(text("SET default_transaction_read_only = on"))
        db.session.commit()

    parts = readiness.look(now())

    assert parts["database"] is readiness.State.UNREADY
    assert "schema" not in parts


def test_asking_changes_nothing(app, visitor, worker):
    count = text("SELECT count(*) FROM job_turn")
    before = db.session.scalar(count)

    visitor.get(PAGE)

    assert db.session.scalar(count) == before
