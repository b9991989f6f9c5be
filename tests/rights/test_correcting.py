"""Rectification: nothing changes before both mailboxes agree, and whoever had the data is told."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import answering, jobs
from mailer.rights.decision import Decision
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest
from mailer.rights.parts import as_text, read
from mailer.rights.states import Outcome, Refused
from mailer.subscriptions.models import AddressChange, Subscriber

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OLD, NEW = "lea@exemple.fr", "lea.b@exemple.fr"
CASE = "/bureau/demandes/DR-2026-0001"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def asked(received, subscriber, dpo):
    """The officer has asked both mailboxes."""
    case_id = received(Right.RECTIFICATION, address=OLD).id
    with transaction():
        db.session.get(RightsRequest, case_id).mailbox_confirmed_at = AT
    dpo.submit(f"{CASE}/boite", moved_to=NEW)
    return case_id


def link(recipient):
    """The way to say yes in the last mail to that mailbox."""
    found = db.select(OutboxMessage).where(OutboxMessage.recipient == recipient)
    mail = db.session.scalars(found.order_by(OutboxMessage.id.desc())).first()
    return re.search(r"http://127.0.0.1:8000(/\S+)", mail.text)[1]


def receives():
    db.session.rollback()
    return db.session.scalars(db.select(Subscriber.address)).one()


def grant(case_id):
    with transaction():
        case = db.session.get(RightsRequest, case_id)
        decision = Decision({Right.RECTIFICATION: Outcome.GRANTED}, "", "")
        answering.answer(case, decision, "account:1", AT)


@pytest.mark.parametrize("only", [OLD, NEW])
def test_one_yes_changes_nothing(asked, visitor, only):
    visitor.submit(link(only))
    jobs.settle_corrections()
    assert receives() == OLD
    with pytest.raises(Refused, match="uncorrected"):
        grant(asked)


def test_two_yes_move_the_letters_and_the_answer_says_from_what_to_what(app, asked, visitor):
    app.config["PROCESSORS"] = ["Relais SA, Rennes"]
    for mailbox in (OLD, NEW):
        visitor.submit(link(mailbox))
    jobs.settle_corrections()
    assert receives() == NEW
    grant(asked)
    letters = {each.kind: each for each in db.session.get(RightsRequest, asked).letters}
    said = as_text(read(letters[Kind.A5].source))
    assert f"{OLD} → {NEW}" in said
    assert "Relais SA, Rennes, le lundi 23 novembre 2026" in said
    assert f"{OLD} → {NEW}" in as_text(read(letters[Kind.A10].source))
    answers = db.select(OutboxMessage.recipient).where(OutboxMessage.subject.contains("corrigées"))
    assert sorted(db.session.scalars(answers)) == sorted([OLD, NEW])


def test_a_mailbox_is_not_changed_while_a_copy_is_asked_for(received, subscriber, dpo, read):
    received(Right.RECTIFICATION, Right.ACCESS, address=OLD)
    dpo.submit(f"{CASE}/boite", moved_to=NEW)
    assert "La demande porte aussi sur une copie" in read(dpo.get(CASE))
    assert db.session.scalars(db.select(AddressChange)).all() == []


def test_what_is_no_mailbox_is_corrected_by_hand(received, subscriber, dpo):
    case_id = received(Right.RECTIFICATION, address=OLD).id
    with transaction():
        db.session.get(RightsRequest, case_id).mailbox_confirmed_at = AT
    dpo.submit(f"{CASE}/corrections", before="Langue : français", after="Langue : anglais")
    grant(case_id)
    letter = db.session.get(RightsRequest, case_id).letters[-1]
    assert "Langue : français → Langue : anglais" in as_text(read(letter.source))


def test_a_mailbox_that_receives_nothing_is_said_to_the_officer(received, dpo, read):
    received(Right.RECTIFICATION, address="inconnu@exemple.fr")
    dpo.submit(f"{CASE}/boite", moved_to=NEW)
    assert "notez la correction à la main" in read(dpo.get(CASE))


def test_both_addresses_are_masked_on_the_page(asked, dpo):
    page = dpo.get(CASE).text
    assert "Attend les deux accords" in page
    assert NEW not in page
    assert OLD not in page


def test_a_new_address_that_is_none_comes_back_as_typed(received, dpo):
    received(Right.RECTIFICATION, address=OLD)
    page = dpo.submit(f"{CASE}/boite", moved_to="lea.b@")
    assert page.status_code == 422
    assert 'value="lea.b@"' in page.text
