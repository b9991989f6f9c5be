"""Subscriptions, through the API: nobody is let in without their mailbox, or its proof."""

import json

import pytest
from api import office
from sqlalchemy import func, select

from mailer import addresses
from mailer.audit.models import Entry
from mailer.audit.queries import history_of
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import sha256
from mailer.consent.models import (
    ConsentEvent,
    FormSnapshot,
    NoticeKind,
    Reason,
    Suppression,
)
from mailer.consent.notices import in_force
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.subscriptions import closing
from mailer.subscriptions.models import Subscription

WHO = {"address": "camille@exemple.fr"}


@pytest.fixture
def port(app, maker):
    with transaction():
        consent.keep_notice(in_force(NoticeKind.SHORT, "fr"), now())
        return office.mailing_list().id


@pytest.fixture
def proof(port):
    notice = in_force(NoticeKind.SHORT, "fr").sha256
    return {
        "source": "Registre de la mairie",
        "collected_on": "2026-01-15",
        "notice_sha256": notice,
        "answerable": "Nora Belledune",
    }


def states():
    return db.session.scalars(select(Subscription.state).order_by(Subscription.id)).all()


def test_without_proof_the_mailbox_is_asked(program, port):
    site = program("subscriptions:write", "subscriptions:read")

    made = site.post("/subscriptions", WHO | {"list_id": port})
    again = site.post("/subscriptions", WHO | {"list_id": port})

    assert made.json == {"id": made.json["id"], "list_id": port, "confirmation": "asked"}
    assert again.json == made.json
    assert states() == ["pending"]
    assert db.session.scalar(select(func.count(OutboxMessage.id))) == 1
    event = db.session.scalars(select(ConsentEvent)).first()
    assert (event.method, event.notice_sha256) == ("api", None)
    assert site.get(f"/subscriptions/{made.json['id']}").json["state"] == "pending"


def test_the_proof_names_the_form_that_a_program_showed(program, port):
    site = program("lists:read", "lists:write", "subscriptions:write")
    _french, english = site.get(f"/lists/{port}/form").json["forms"]
    asked = WHO | {"list_id": port, "language": "en", "form_sha256": english["form_sha256"]}

    made = site.post("/subscriptions", asked)
    tag = site.get(f"/lists/{port}").headers["ETag"]
    site.patch(f"/lists/{port}", {"description": "Autre chose"}, tag)
    late = site.post("/subscriptions", asked)

    assert made.status_code == 201
    event = db.session.scalars(select(ConsentEvent)).one()
    kept = db.session.scalars(select(FormSnapshot)).one()
    assert event.form_sha256 == kept.sha256 == english["form_sha256"]
    assert json.loads(kept.content) == english["content"]
    assert english["content"]["notices"]["short"] == event.notice_sha256
    assert sha256(english["notice"]) == event.notice_sha256
    assert (late.status_code, late.json["code"]) == (409, "form-changed")


def test_with_the_proof_of_an_import_nobody_is_asked(program, port, proof):
    site = program("subscriptions:write")

    made = site.post("/subscriptions", WHO | {"list_id": port, "proof": proof})

    assert made.json["confirmation"] == "proven"
    assert states() == ["active"]
    assert db.session.scalar(select(func.count(OutboxMessage.id))) == 0
    event = db.session.scalars(select(ConsentEvent)).one()
    assert (event.kind, event.notice_sha256) == ("imported", proof["notice_sha256"])


def test_who_left_is_not_brought_back_by_a_proof(program, port, proof):
    site = program()
    first = site.post("/subscriptions", WHO | {"list_id": port, "proof": proof}).json
    ended = site.post(f"/subscriptions/{first['id']}/end")

    again = site.post("/subscriptions", WHO | {"list_id": port, "proof": proof})

    assert ended.json["state"] == "ended"
    assert (again.status_code, again.json["code"]) == (409, "left-or-objected")
    assert states() == ["ended"]


def test_a_closed_list_takes_nobody_in(program, port, proof):
    with transaction():
        closing.close(port, "account:1", now())

    asked = program().post("/subscriptions", WHO | {"list_id": port})
    proven = program().post("/subscriptions", WHO | {"list_id": port, "proof": proof})

    assert (asked.status_code, asked.json["code"]) == (409, "conflict")
    assert (proven.status_code, proven.json["code"]) == (409, "conflict")
    assert states() == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"notice_sha256": "0" * 64}, "#/proof/notice_sha256"),
        ({"collected_on": "2999-01-01"}, "#/proof/collected_on"),
        ({"answerable": " "}, "#/proof/answerable"),
    ],
)
def test_half_a_proof_is_none(program, port, proof, change, pointer):
    answer = program().post("/subscriptions", WHO | {"list_id": port, "proof": proof | change})

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == pointer
    assert states() == []


def test_whoever_objected_elsewhere_is_written_to_no_more(program, port, proof):
    site = program()
    site.post("/subscriptions", WHO | {"list_id": port, "proof": proof})

    noted = site.post("/suppressions", WHO)

    assert noted.json["reason"] == "objection"
    assert states() == ["ended"]
    assert db.session.scalars(select(Suppression)).one().id == noted.json["id"]


@pytest.mark.parametrize("before", list(Reason))
def test_an_objection_is_noted_whatever_stood_against_the_address(program, port, before):
    who = fingerprint_of(addresses.parse(WHO["address"]))
    with transaction():
        consent.suppress(who, before, now(), "test")

    noted = program().post("/suppressions", WHO)

    assert noted.json["reason"] == "objection"
    assert db.session.scalars(select(Suppression.reason)).all() == [Reason.OBJECTION]


def test_every_look_at_somebody_stands_in_the_record(program, port, proof):
    site = program()
    site.post("/subscriptions", WHO | {"list_id": port, "proof": proof})

    found = site.post("/subscribers/search", WHO).json["data"]
    site.get("/subscribers")
    site.get("/consents")

    number = found[0]["id"]
    assert found[0]["address"] == WHO["address"]
    [read] = history_of(f"subscriber:{number}")
    assert (read.verb, read.why) == ("read", "lists")
    assert read.actor.startswith("key:")
    pages = db.session.scalars(select(Entry.subject).where(Entry.verb == "list")).all()
    assert set(pages) == {"page:api_subscribers.subscribers", "page:api_consents.consents"}
