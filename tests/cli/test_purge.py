"""`mailer purge` does what the worker does; `--dry-run` only says it."""

from datetime import UTC, datetime

import pytest

from mailer.audit.models import Entry
from mailer.db import db, transaction


@pytest.fixture
def old_entry(app):
    with transaction():
        at = datetime(2020, 1, 1, tzinfo=UTC)
        db.session.add(Entry(at=at, actor="account:1", verb="look", subject="case:1"))


def entries():
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count()).select_from(Entry))


def test_a_dry_run_says_what_would_go_and_why_and_changes_nothing(mailer, old_entry):
    said = mailer("purge", "--dry-run")

    assert said.exit_code == 0
    assert "trim 1 of audit_entry: at before" in said.output
    assert "logs_months = 6 months; CNIL, délibération 2021-122" in said.output
    assert entries() == 1


def test_a_purge_says_the_same_and_does_it(mailer, old_entry):
    assert "trim 1 of audit_entry" in mailer("purge").output
    assert entries() == 0


def test_with_nothing_to_do_it_says_so(mailer, app):
    assert "Nothing has outlived its time." in mailer("purge", "--dry-run").output
