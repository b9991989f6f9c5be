"""The administrator's page of the record: sought, read in pages, taken away."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import html
from sqlalchemy import select

from mailer.audit import verification
from mailer.audit.models import Entry
from mailer.audit.operations import record
from mailer.clock import now
from mailer.db import db, transaction
from mailer.faults import Fault, Problem
from mailer.mail.models import OutboxMessage
from mailer.oversight import jobs, queries
from mailer.oversight.queries import LOOKS
from mailer.oversight.words import VERBS
from mailer.web.pages import PAGE_ROWS

PAGE = "/bureau/journal"


@pytest.fixture
def admin(staff):
    return staff("admin")


@pytest.fixture
def entries(app):
    with transaction():
        record("account:9", "read", "subscriber:12", "request:7", "rights")
        record("subject", "confirm", "subscriber:120")
        record("cli:Maud", "export", "list:3 state:* format:csv rows:2 motive:au maire")
        record("account:9", "export-record", "record format:csv rows:2 motive:au maire")
        record("account:9", "copy", "list:30")
        db.session.add(
            Entry(
                at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC),
                actor="job:purge",
                verb="close",
                subject="campaign:4",
            )
        )


def tree(answer):
    return html.fromstring(answer.text)


def rows(answer):
    """The lines of the table, as text."""
    found = tree(answer).xpath("//tbody/tr")
    return [" ".join(row.text_content().split()) for row in found]


def test_each_entry_is_said_in_words(admin, entries):
    (row,) = rows(admin.get(f"{PAGE}?objet=subscriber&numero=12"))

    assert "Compte fermé 9" in row
    assert "consulte" in row
    assert "personne abonnée 12" in row
    assert "demande 7" in row
    assert "répondre à une demande de droits" in row


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("par=account:9", 3),
        ("fait=confirm", 1),
        ("objet=subscriber", 2),
        ("objet=subscriber&numero=12", 1),
        ("objet=request&numero=7", 1),
        ("objet=campaign&du=2026-03-02&au=2026-03-02", 1),
        ("objet=campaign&au=2026-03-01", 0),
        ("objet=campaign&du=20260302&au=2026-03-02", 1),
        # Who took addresses or the record away: behind the thing stands how many, and why.
        ("objet=list&numero=3", 1),
        ("objet=list", 2),
        ("objet=record", 1),
    ],
)
def test_the_record_is_sought_by_who_what_whom_and_when(admin, entries, query, number):
    assert len(rows(admin.get(f"{PAGE}?{query}"))) == number


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("du=hier", "Saisissez une date"),
        ("du=0001-01-01", "Saisissez une date"),
        ("au=9999-12-31", "Saisissez une date"),
        ("du=2026-03-02&au=2026-03-01", "avant la première"),
        ("numero=12", "Choisissez aussi"),
        ("objet=list&numero=a%20b", "numéro seul"),
    ],
)
def test_what_cannot_be_sought_is_said_with_how_to_mend_it(admin, query, said):
    answer = admin.get(f"{PAGE}?{query}")

    assert answer.status_code == 422
    assert said in answer.text


def test_a_page_leads_to_older_entries(admin, app):
    with transaction():
        for number in range(PAGE_ROWS + 1):
            record("account:9", "read", f"subscriber:{number}")

    first = admin.get(f"{PAGE}?par=account:9&lang=en")
    (older,) = [a for a in tree(first).iter("a") if a.text_content() == "Older"]

    assert len(rows(first)) == PAGE_ROWS
    (last,) = rows(admin.get(older.get("href")))
    assert "subscriber 0" in last


def test_the_page_says_when_the_chain_was_verified_and_with_which_result(admin, entries):
    assert "pas encore été vérifié" in admin.get(PAGE).text
    with transaction():
        verification.keep(verification.verify(), now())
    assert "Journal intact" in admin.get(PAGE).text


def test_a_record_that_is_not_whole_says_what_was_found(admin):
    with transaction():
        fault = Fault("entry 3", Problem.CHANGED)
        verification.keep(replace(verification.verify(), fault=fault), now())

    page = tree(admin.get(PAGE))

    assert "n’est pas intact" in page.text_content()
    # The words are those of the command, in its language.
    (found,) = page.xpath("//code[@lang='en']")
    assert found.text == "entry 3 was changed after it was recorded"


def test_the_look_at_the_record_stands_in_it(admin):
    admin.get(PAGE)

    assert ("list", "page:oversight.record") in db.session.execute(
        select(Entry.verb, Entry.subject)
    ).all()


def test_the_record_is_taken_with_a_motive_which_is_noted(admin, entries):
    address = f"{PAGE}/exportation?objet=subscriber"
    told = admin.submit(address, kind="jsonl", motive="Contrôle annuel")

    lines = [json.loads(line) for line in told.text.splitlines()]
    assert [line["subject"] for line in lines] == ["subscriber:12", "subscriber:120"]
    last = db.session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
    assert last.verb == "export-record"
    assert "motive:Contrôle annuel" in last.subject


def test_nothing_is_taken_without_a_motive(admin, entries):
    told = admin.submit(f"{PAGE}/exportation", kind="csv", motive="non")

    assert told.status_code == 422
    assert "dix lettres" in told.text


@pytest.mark.parametrize("role", ["editor", "sender", "subscribers", "dpo"])
def test_nobody_else_finds_the_record(staff, role):
    assert staff(role).get(PAGE).status_code == 404


@pytest.fixture
def burst(app, monkeypatch):
    monkeypatch.setitem(app.config, "ALERT_PEOPLE_SEEN_AN_HOUR", 2)
    with transaction():
        for number in range(3):
            record("account:1", "read", f"subscriber:{number}")


def test_who_looks_at_many_people_stands_on_the_page(admin, burst):
    assert "a consulté les données de 3 personnes en une heure" in admin.get(PAGE).text


def test_the_officer_is_told_once_a_day(app, burst):
    jobs.watch_looks()
    jobs.watch_looks()

    (mail,) = db.session.scalars(select(OutboxMessage))
    assert mail.recipient == app.config["DPO_ADDRESS"]
    assert "3 personnes" in mail.text


def test_who_looked_at_a_case_or_at_something_for_it_is_told(app):
    with transaction():
        record("account:1", "read", "request:7")
        record("account:1", "read-document", "request:7")
        record("account:2", "read", "incoming_mail:3", "request:7")
        record("account:3", "decide", "request:7")
        record("account:4", "read", "request:70")
        record("key:1", "read", "request:7")

    found = {each.actor: each.times for each in queries.lookers("request:7")}

    assert found == {"account:1": 2, "account:2": 1, "key:1": 1}


def test_what_a_program_did_is_found_by_its_key(admin):
    with transaction():
        record("key:1", "read", "request:7")

    assert ">Clé d’API 1</option>" in admin.get(PAGE).text
    assert len(rows(admin.get(f"{PAGE}?par=key:1"))) == 1


def test_every_look_has_words():
    assert set(LOOKS) <= VERBS.keys()
