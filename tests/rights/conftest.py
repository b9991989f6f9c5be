"""Requests as they arrive: through the form, or typed in by the officer."""

import html
import re
from datetime import date

import pytest
import time_machine
from rights import attacks

from mailer import addresses
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.rights import operations
from mailer.rights.models import Channel, RightsRequest
from mailer.rights.operations import Intake
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Confirmation, MailingList, Subscriber
from mailer.tokens import CONFIRM

ADDRESS = "nadia.k@exemple.fr"


@pytest.fixture
def ask(visitor):
    """`ask("access")`: the page that follows a request sent through the form."""

    def send(*rights, address=ADDRESS, message=""):
        typed = {"rights": list(rights), "address": address, "message": message}
        answer = visitor.submit("/droits/demandes", **typed)
        return visitor.get(answer.location)

    return send


@pytest.fixture
def received(app):
    """`received(Right.ACCESS)`: a request that came by post on that day, for that mailbox."""

    def receive(*rights, address=ADDRESS, on=date(2026, 11, 22)):
        parsed = addresses.parse(address)
        asked = Intake(
            address=parsed,
            fingerprint=fingerprint_of(parsed),
            rights=rights,
            verbatim="Madame, Monsieur…",
            channel=Channel.POST,
            received_on=on,
            language="fr",
            calendar="metropole",
        )
        with transaction():
            return operations.receive(asked, "account:1", now())

    return receive


@pytest.fixture
def case(app):
    """`case()`: the request that was received last, or the one of that reference."""

    def find(reference=None):
        found = db.select(RightsRequest).order_by(RightsRequest.id.desc()).limit(1)
        if reference:
            found = found.where(RightsRequest.reference == reference)
        return db.session.scalars(found).one_or_none()

    return find


@pytest.fixture
def subscriber(app):
    """Someone who asked for a list, confirmed it and receives it."""
    at = now()
    evidence = Evidence(Method.WEB_FORM, at)
    with transaction():
        wanted = MailingList(slug="lettre", name="La lettre", description="…", frequency="…")
        db.session.add(wanted)
        db.session.flush()
        subscriptions.request(addresses.parse("lea@exemple.fr"), [wanted.id], evidence, "fr", at)
        link = db.session.scalars(db.select(Confirmation)).one()
        subscriptions.confirm(CONFIRM.sign(link.id), evidence, at)
    return db.session.scalars(db.select(Subscriber)).one()


@pytest.fixture
def dpo(staff):
    """The browser of the data-protection officer."""
    return staff("dpo")


@pytest.fixture
def read():
    """The words of a page, without its tags, single-spaced."""

    def words(page):
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())

    return words


@pytest.fixture
def monday():
    """The clock, standing still on a Monday morning."""
    with time_machine.travel(attacks.AT, tick=False) as travel:
        yield travel


@pytest.fixture
def nothing_leaves(monday, subscriber):
    """Hold every mail that an attack caused to what may be told, and to whom."""
    before = len(attacks.mails())
    yield
    db.session.rollback()
    caused = attacks.mails()[before:]
    elsewhere = [mail for mail in caused if mail.recipient != attacks.LEA]
    assert {mail.recipient for mail in elsewhere} <= {attacks.MALLORY}
    assert [word for mail in elsewhere for word in attacks.told(mail)] == []
    assert any(mail.recipient == attacks.LEA for mail in caused)


@pytest.fixture
def asked(visitor, subscriber):
    """`asked("access")`: a request for Léa's data through the form; its number."""

    def ask(*rights, address=attacks.LEA, **more):
        visitor.submit("/droits/demandes", rights=list(rights), address=address, **more)
        return db.session.scalars(db.select(db.func.max(RightsRequest.id))).one()

    return ask
