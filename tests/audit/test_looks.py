"""Looks at personal data: who saw whose, once in a while, and never at the cost of the page."""

from datetime import timedelta

import pytest
import time_machine
from flask import g
from sqlalchemy import text

from mailer.accounts.sessions import SignedIn
from mailer.audit.looks import Why, looks, seen
from mailer.audit.models import Entry
from mailer.audit.operations import REPEATED
from mailer.clock import now
from mailer.db import db, transaction
from mailer.web.access import public


@pytest.fixture
def desk(app):
    """A person of the desk, and some pages that show personal data."""

    @app.before_request
    def recognise():
        g.account = SignedIn(3, "camille@exemple.fr", "Camille Morin")

    @app.get("/person/<int:number>")
    @public
    @looks(Why.RIGHTS)
    def person(number):
        seen("read", f"subscriber:{number}", "request:1")
        return "Léa"

    @app.get("/list")
    @public
    @looks(Why.LISTS)
    def listing():
        return "l…@exemple.fr"

    @app.get("/nothing")
    @public
    @looks(Why.LISTS)
    def nothing():
        seen("read", "subscriber:1")
        return "", 404

    return app.test_client()


def noted():
    columns = (Entry.actor, Entry.verb, Entry.subject, Entry.for_case, Entry.why)
    return [tuple(row) for row in db.session.execute(db.select(*columns).order_by(Entry.id))]


def test_a_look_says_who_saw_whose_why_and_for_which_case(desk):
    desk.get("/person/12")

    assert noted() == [("account:3", "read", "subscriber:12", "request:1", "rights")]


def test_the_same_look_counts_once_within_some_minutes(desk):
    desk.get("/person/12")
    desk.get("/person/12")
    desk.get("/person/13")

    assert [row[2] for row in noted()] == ["subscriber:12", "subscriber:13"]


def test_later_it_is_another_look(desk):
    desk.get("/person/12")
    with time_machine.travel(now() + REPEATED + timedelta(seconds=1), tick=False):
        desk.get("/person/12")

    assert len(noted()) == 2


def test_a_list_is_named_by_its_page(desk):
    desk.get("/list")

    assert noted() == [("account:3", "list", "page:listing", "", "lists")]


def test_who_is_shown_nothing_saw_nothing(desk):
    desk.get("/nothing")

    assert noted() == []


def test_a_look_that_cannot_be_written_does_not_fail_the_page(desk):
    with transaction():
        db.session.execute(text("ALTER TABLE audit_entry RENAME TO elsewhere"))

    assert desk.get("/person/12").text == "Léa"
