"""The copy of one's data: every declared column, for a program and for a reader (law: row 28)."""

import json
import re

import pytest
from flask_babel import force_locale
from rights.everywhere import AT, seed
from sqlalchemy import event

from mailer import addresses
from mailer.db import Base, db, transaction
from mailer.declarations import declared
from mailer.rights import copies

MARKER = "zo.marqueur@exemple.fr"


@pytest.fixture
def zo(app):
    """Somebody with a row in every table; their fingerprint."""
    fingerprint = addresses.fingerprint(addresses.parse(MARKER), app.config["FINGERPRINT_KEY"])
    with transaction():
        seed(fingerprint, MARKER)
    return fingerprint


@pytest.fixture
def expected(zo):
    return {
        (table.name, name)
        for table in Base.metadata.tables.values()
        if table.name not in copies.ELSEWHERE
        for name in declared(table)
    }


def test_each_declared_column_of_a_person_stands_in_the_json(zo, expected):
    told = json.loads(copies.as_json(copies.of(zo), zo, AT))["tables"]
    assert {(table, name) for table, rows in told.items() for row in rows for name in row} == (
        expected
    )


def test_each_declared_column_of_a_person_stands_on_the_page(app, zo, expected):
    with force_locale("fr"):
        sections = copies.of(zo)
        page = copies.as_page(sections, AT)
    assert set(re.findall(r"<small>\((\w+)\)</small>", page)) == {name for _, name in expected}


def test_what_was_sealed_is_told_in_clear(zo):
    (proofs,) = (each for each in copies.of(zo) if each.table == "consent_event")
    assert proofs.rows[0]["sealed"]["address"] == MARKER


def test_a_secret_is_said_to_be_held_and_not_copied(zo):
    told = copies.as_json(copies.of(zo), zo, AT)
    (key,) = (each for each in copies.of(zo) if each.table == "subject_key")
    assert key.rows[0]["key"] == copies.WITHHELD
    assert MARKER in told


def test_of_a_stranger_nothing_is_told(app):
    with force_locale("fr"):
        assert copies.of("0" * 64) == []
        assert "Nous ne gardons rien" in copies.as_page([], AT)


def test_more_rows_take_no_more_statements(zo):
    def statements():
        counted = []
        event.listen(db.engine, "before_cursor_execute", lambda *_: counted.append(1))
        copies.of(zo)
        return len(counted)

    statements()
    assert statements() <= 3 * len(Base.metadata.tables)
