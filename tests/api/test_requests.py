"""Requests on personal data, through the API: for the officer's keys."""

from mailer.accounts import people
from mailer.audit.queries import history_of
from mailer.consent.queries import is_sendable
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import queries
from mailer.subscriptions.models import Subscriber

ASKED = {"address": "camille@exemple.fr", "rights": ["objection"]}


def test_a_request_starts_its_clock_and_takes_effect(program):
    desk = program("requests:read", "requests:write")

    opened = desk.post("/requests", ASKED)
    read = desk.get(f"/requests/{opened.json['id']}")

    case = queries.by_reference(opened.json["reference"])
    assert opened.status_code == 201
    assert "address" not in opened.json
    assert read.json["due"] == opened.json["due"] == case.due.isoformat()
    assert read.json["rights"] == ["objection"]
    assert not is_sendable(case.fingerprint)
    assert db.session.scalars(db.select(OutboxMessage)).one().recipient == ASKED["address"]
    assert db.session.scalar(db.select(Subscriber.id)) is None
    assert [each.verb for each in history_of(f"request:{case.id}")] == ["receive", "read"]


def test_what_cannot_be_carried_out_is_asked_for(program):
    desk = program("requests:write")

    silent = desk.post("/requests", ASKED | {"rights": ["rectification"]})
    late = desk.post("/requests", ASKED | {"received_on": "2999-01-01"})

    assert silent.json["errors"][0]["pointer"] == "#/verbatim"
    assert late.json["errors"][0]["pointer"] == "#/received_on"


def test_a_key_opens_no_request_once_its_maker_is_no_officer(program, maker):
    desk = program("requests:read")
    assert desk.get("/requests").status_code == 200

    with transaction():
        people.change_roles(maker, ["admin"], "account:1")

    assert desk.get("/requests").json["code"] == "out-of-scope"


def test_the_case_tells_which_program_looked_at_it(program, staff):
    site = program()
    made = site.post("/requests", ASKED).json
    site.get(f"/requests/{made['id']}")

    case = staff("dpo").get(f"/bureau/demandes/{made['reference']}").text

    assert "Clé d’API 1, 1 fois" in case
