"""`mailer audit` verifies the record and takes it away."""

import csv
import io
import json

import pytest
from sqlalchemy import text

from mailer.audit import jobs
from mailer.audit.models import Check, Entry
from mailer.audit.operations import record
from mailer.db import db, transaction

WHY = ("--motive", "Contrôle annuel", "--by", "C. Morin")


@pytest.fixture
def entries(app):
    """Three entries; the connection is closed, as the command opens its own."""
    with transaction():
        record("account:1", "read", "subscriber:1", "request:7")
        record("account:2", "read", "request:7")
        record("account:2", "read", "request:70")
    jobs.seal()
    db.session.remove()


def test_a_whole_record_is_said_to_be_whole_and_the_check_is_kept(mailer, entries):
    said = mailer("audit", "verify")

    assert (said.exit_code, said.output.splitlines()[-1]) == (0, "whole")
    assert "entries  3" in said.output
    assert db.session.execute(db.select(Check.entries, Check.fault)).all() == [(3, "")]


def test_a_record_that_is_not_whole_is_an_error_that_names_the_place(mailer, entries):
    with transaction():
        is_sqlite = db.engine.dialect.name == "sqlite"
        where = "" if is_sqlite else " ON audit_entry"
        db.session.execute(text(f"DROP TRIGGER audit_entry_refuses_update{where}"))
        db.session.execute(text("UPDATE audit_entry SET actor = 'x' WHERE subject = 'request:7'"))
    db.session.remove()

    said = mailer("audit", "verify")

    assert said.exit_code == 1
    assert "entry 2 was changed after it was recorded" in said.output


def test_the_file_has_each_entry_with_its_place_and_taking_it_is_recorded(mailer, entries):
    said = mailer("audit", "export", *WHY)

    told = [json.loads(line) for line in said.output.splitlines()]
    assert [(one["seq"], one["subject"]) for one in told[:3]] == [
        (1, "subscriber:1"),
        (2, "request:7"),
        (3, "request:70"),
    ]
    last = db.session.scalars(db.select(Entry).order_by(Entry.id.desc()).limit(1)).one()
    assert (last.actor, last.verb) == ("cli:C. Morin", "export-record")
    assert "rows:3 motive:Contrôle annuel" in last.subject


def test_one_case_is_exported_with_what_was_done_for_it(mailer, entries):
    said = mailer("audit", "export", "--about", "request:7", "--format", "csv", *WHY)

    rows = list(csv.DictReader(io.StringIO(said.output.removeprefix("\ufeff"))))
    assert [row["subject"] for row in rows] == ["subscriber:1", "request:7"]


def test_nobody_takes_the_record_without_saying_what_for(mailer, entries):
    said = mailer("audit", "export", "--motive", "non", "--by", "C. Morin")

    assert said.exit_code == 1
    assert "say what for" in said.output
