import csv
import io
import json

import pytest
from sqlalchemy import select

from mailer.audit.models import Entry
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.db import db, transaction
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.states import State

PAGE = "/bureau/abonnes/exportation"
MOTIVE = "Relevé annuel pour le délégué"
HOSTILE = "=cmd|'/C calc'!a0@exemple.fr"


@pytest.fixture
def person(letter):
    """Adds somebody to the list, whatever the address."""

    def add(address, state=State.ACTIVE):
        at = now()
        with transaction():
            yes = consent.record(
                address, "list:la-lettre", Kind.CONFIRMED, Evidence(Method.STAFF, at)
            )
            who = Subscriber(address=address, fingerprint=address, language="fr", created_at=at)
            db.session.add(who)
            db.session.flush()
            db.session.add(
                Subscription(
                    list_id=letter,
                    subscriber_id=who.id,
                    state=state,
                    consent_id=yes.id,
                    requested_at=at,
                    confirmed_at=at,
                    ended_at=at if state == State.ENDED else None,
                )
            )

    return add


def export(staff, **fields):
    said = {
        "list_id": "",
        "state": "",
        "kind": "csv",
        "motive": MOTIVE,
        "addresses": "whole",
    } | fields
    return staff("subscribers").submit(PAGE, **said)


def test_a_spreadsheet_opens_the_file_without_calculating(staff, person):
    person(HOSTILE)

    rows = list(csv.DictReader(io.StringIO(export(staff).data.decode("utf-8-sig"))))

    assert [row["address"] for row in rows] == [f"'{HOSTILE}"]


def test_the_exact_format_is_exact(staff, person):
    person(HOSTILE)

    (row,) = json.loads(export(staff, kind="json").data)

    assert (row["address"], row["list"], row["state"]) == (HOSTILE, "La lettre", "active")


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_more_people_than_a_page_are_all_there(staff, person, kind):
    for n in range(3):
        person(f"p{n}@exemple.fr")

    text = export(staff, kind=kind).data.decode()

    assert [text.count(f"p{n}@exemple.fr") for n in range(3)] == [1, 1, 1]


def test_nobody_at_all_is_a_whole_file_too(staff, app):
    assert json.loads(export(staff, kind="json").data) == []


def test_only_the_people_asked_for_are_in_it(staff, person, letter):
    person("zoe@exemple.fr")
    person("remi@exemple.fr", State.ENDED)

    rows = json.loads(export(staff, kind="json", list_id=str(letter), state="ended").data)

    assert [row["address"] for row in rows] == ["remi@exemple.fr"]


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_addresses_are_masked_unless_they_are_asked_for(staff, person, kind):
    person("zoe@exemple.fr")
    desk, said = staff("subscribers"), {"list_id": "", "state": "", "motive": MOTIVE}

    texts = [
        desk.submit(PAGE, kind=kind, **said | more).data.decode()
        for more in ({}, {"addresses": "masked"})
    ]

    assert texts[0] == texts[1]
    assert ("z••••@exemple.fr" in texts[0], "zoe@" in texts[0]) == (True, False)


def test_who_took_how_many_and_why_is_on_record(staff, person):
    person("zoe@exemple.fr")

    export(staff)

    entry = db.session.scalars(select(Entry).where(Entry.verb == "export")).one()
    assert entry.subject == f"list:* state:* format:csv addresses:whole rows:1 motive:{MOTIVE}"


@pytest.mark.parametrize("motive", ["", "   ", "court"])
def test_without_a_motive_nothing_is_given(staff, person, motive):
    person("zoe@exemple.fr")

    answer = export(staff, motive=motive)

    assert answer.status_code == 422
    assert "zoe@exemple.fr" not in answer.text


@pytest.mark.parametrize("role", ["sender", "editor", "dpo", "admin"])
def test_other_roles_find_nothing_here(staff, role):
    assert staff(role).get(PAGE).status_code == 404


def test_the_page_says_what_becomes_of_the_motive(staff):
    assert "Noté au journal" in staff("subscribers").get(PAGE).text
