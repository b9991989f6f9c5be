"""What nobody acknowledged is flagged in the queue, and acknowledged from there."""

import pytest

from mailer.audit.queries import history_of
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import operations
from mailer.rights.carriage import Delivery
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest
from mailer.rights.states import Event

MANY = "/bureau/demandes/accuses"


@pytest.fixture
def silent(received):
    """The references of three requests, the first two without acknowledgement."""
    cases = [received(Right.ACCESS) for _ in range(3)]
    with transaction():
        for case in cases[:2]:
            db.session.merge(case).letters.clear()
        db.session.execute(db.delete(OutboxMessage))
    return [case.reference for case in cases]


def mails():
    return db.session.scalars(db.select(OutboxMessage)).all()


def test_the_queue_flags_what_nobody_acknowledged(dpo, silent, read):
    page = read(dpo.get("/bureau/demandes"))
    assert page.count("Sans accusé de réception") == 2
    assert "Envoyer l’accusé de réception" in page


def test_the_button_is_not_there_when_nothing_is_missing(dpo, received, read):
    received(Right.ACCESS)
    assert "Envoyer l’accusé de réception" not in read(dpo.get("/bureau/demandes"))


def test_the_ticked_ones_are_acknowledged_and_the_others_named_with_the_reason(dpo, silent, read):
    with transaction():
        case = db.session.get_one(RightsRequest, 2)
        operations.close(case, Event.WITHDRAW, "Elle a écrit.", "account:1", now())
    dpo.submit(MANY, reference=silent)
    assert len([mail for mail in mails() if "DR-2026-0001" in mail.text]) == 1
    page = read(dpo.get("/bureau/demandes"))
    assert "1 accusé de réception part." in page
    assert "DR-2026-0002 : Cette demande est close" in page
    assert "DR-2026-0003 : L’accusé de réception est déjà parti." in page
    assert [entry.verb for entry in history_of("request:1")][-1] == "acknowledge"


def test_one_that_failed_may_be_sent_again_and_no_other_twice(dpo, received):
    case = received(Right.ACCESS)
    with transaction():
        for letter in db.session.merge(case).letters:
            letter.delivery = Delivery.FAILED
    for _ in range(2):
        dpo.submit(MANY, reference=[case.reference])
    letters = db.session.get_one(RightsRequest, case.id).letters
    assert [letter.kind for letter in letters] == [Kind.A1, Kind.A1]


def test_a_mailbox_that_was_written_to_too_often_is_left_alone(app, dpo, ask, case, read):
    app.config["CONFIRMATIONS_A_DAY"] = 1
    ask("access")
    ask("erasure")
    assert [letter.kind for letter in case().letters] == []
    dpo.submit(MANY, reference=[case().reference])
    page = read(dpo.get("/bureau/demandes"))
    assert f"{case().reference} : Trop de courriels viennent de partir vers cette boîte." in page
    assert case().letters == []


def test_none_ticked_says_what_to_do(dpo, silent, read):
    dpo.submit(MANY, vue="a-signer")
    assert "Cochez au moins une demande." in read(dpo.get("/bureau/demandes"))
    assert mails() == []
