"""A change of address: both mailboxes say yes, or nothing moves."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from mailer.addresses import parse
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent, Reason
from mailer.consent.queries import state
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.tokens import MANAGE

OLD, NEW = "camille@exemple.fr", "morin@exemple.fr"


def person():
    db.session.rollback()
    return db.session.scalars(select(Subscriber).order_by(Subscriber.id)).first()


@pytest.fixture
def page(subscribed):
    return f"/preferences/{MANAGE.sign(person().id)}"


@pytest.fixture
def asks(visitor, page, postbox):
    """`asks()`: ask for the change; the links of the old and of the new mailbox, if any."""

    def move(address=NEW):
        before = len(postbox)
        visitor.submit(f"{page}/adresse", email=address)
        mails = {mail.recipient: mail.text for mail in postbox.mails[before:]}
        return [link(mails.get(each, "")) for each in (OLD, address)]

    return move


def link(text):
    found = re.search(r"http://[^/\s]+(/adresses/\S+)", text)
    return found and found[1]


def test_letters_move_once_both_mailboxes_have_said_yes(visitor, asks, postbox):
    old, new = asks()

    visitor.submit(old)
    assert person().address == OLD
    visitor.submit(new)

    assert person().address == NEW
    assert "arrivent désormais" in visitor.get(new).text
    assert postbox.last.recipient == OLD
    assert "m••••@exemple.fr" in postbox.last.text


def test_what_was_proven_goes_with_the_letters(visitor, asks):
    before = db.session.scalars(select(Subscription)).one().consent_id
    shown = db.session.get_one(ConsentEvent, before).notice_sha256

    for path in asks():
        visitor.submit(path)

    db.session.rollback()
    line = db.session.scalars(select(Subscription)).one()
    proof = db.session.get_one(ConsentEvent, line.consent_id)
    assert (proof.fingerprint, proof.notice_sha256) == (fingerprint_of(parse(NEW)), shown)
    assert state(fingerprint_of(parse(OLD)), "list:la-lettre") is Kind.WITHDRAWN
    kinds = db.session.scalars(select(ConsentEvent.kind)).all()
    assert kinds.count(Kind.RECTIFIED) == 2


@pytest.mark.parametrize("side", [0, 1])
def test_one_mailbox_alone_moves_nothing_however_often_it_says_yes(visitor, asks, side):
    path = asks()[side]

    for _ in range(3):
        visitor.submit(path)

    assert person().address == OLD


def test_following_the_links_moves_nothing(visitor, asks):
    for path in asks():
        visitor.get(path)
        visitor.head(path)

    assert person().address == OLD


def test_the_links_end_after_72_hours(visitor, asks):
    old, new = asks()
    visitor.submit(old)

    with time_machine.travel(now() + timedelta(hours=73), tick=False):
        assert visitor.get(new).status_code == 410
        assert visitor.submit(new).status_code == 410

    assert person().address == OLD


def test_a_later_wish_takes_the_place_of_the_first(visitor, asks):
    first = asks()
    asks("autre@exemple.fr")

    assert [visitor.submit(path).status_code for path in first] == [409, 409]
    assert person().address == OLD


def test_a_mailbox_that_is_somebodys_reads_so_and_nobody_else_does(
    visitor, page, person_b, postbox
):
    unknown = visitor.submit(f"{page}/adresse", email="inconnue@exemple.fr").text
    known = visitor.submit(f"{page}/adresse", email=person_b).text

    assert known.replace(person_b, "inconnue@exemple.fr") == unknown
    assert "déjà cette boîte" in postbox.last.text
    assert link(postbox.last.text) is None


@pytest.fixture
def person_b(app, subscribed):
    """Somebody else's address, known to us."""
    address = "bruno@exemple.fr"
    with transaction():
        db.session.add(
            Subscriber(
                address=address,
                fingerprint=fingerprint_of(parse(address)),
                language="fr",
                created_at=now(),
            )
        )
    return address


def test_a_mailbox_that_asked_for_silence_is_not_written_into(visitor, asks):
    with transaction():
        consent.suppress(fingerprint_of(parse(NEW)), Reason.OBJECTION, now(), "request:1")

    assert asks()[1] is None


def test_a_mailbox_that_signed_up_meanwhile_is_not_taken(visitor, asks, app):
    old, new = asks()
    visitor.submit(old)
    with transaction():
        consent.suppress(fingerprint_of(parse(NEW)), Reason.OBJECTION, now(), "request:1")

    assert visitor.submit(new).status_code == 409
    assert person().address == OLD


def test_it_can_be_asked_three_times_a_day(visitor, page):
    answers = [
        visitor.submit(f"{page}/adresse", email=f"m{n}@exemple.fr").status_code for n in range(4)
    ]

    assert answers == [200, 200, 200, 409]
