"""The link to one's preferences goes to the mailbox, and nowhere else says who we know."""

import pytest
from sqlalchemy import select

from mailer.db import db
from mailer.subscriptions.models import Subscriber
from mailer.tokens import UNSUBSCRIBE


@pytest.fixture
def token(subscribed):
    """What a letter to Camille carries."""
    return UNSUBSCRIBE.sign([subscribed, "delivery:7"])


def test_the_owner_of_a_mailbox_gets_the_link(visitor, subscribed, postbox):
    visitor.submit("/gestion", email="camille@exemple.fr")

    assert postbox.last.recipient == "camille@exemple.fr"
    assert visitor.get(postbox.link("preferences")).status_code == 200
    assert "/pourquoi/" in postbox.last.text


def test_an_unknown_address_reads_the_same_and_is_told_in_its_mailbox(visitor, subscribed, postbox):
    known = visitor.submit("/gestion", email="camille@exemple.fr").text
    before = len(postbox)

    unknown = visitor.submit("/gestion", email="inconnue@exemple.fr").text

    assert unknown.replace("inconnue@", "camille@") == known
    assert (len(postbox), postbox.last.recipient) == (before + 1, "inconnue@exemple.fr")
    assert "/preferences/" not in postbox.last.text


def test_asking_keeps_nothing_of_an_unknown_address(visitor, subscribed):
    visitor.submit("/gestion", email="inconnue@exemple.fr")

    assert len(db.session.scalars(select(Subscriber)).all()) == 1


@pytest.mark.parametrize("address", ["camille@exemple.fr", "inconnue@exemple.fr"])
def test_asking_again_and_again_does_not_bomb_a_mailbox(visitor, subscribed, postbox, address):
    for _ in range(5):
        answer = visitor.submit("/gestion", email=address)

    assert answer.status_code == 200
    assert len([mail for mail in postbox.mails[2:] if mail.recipient == address]) == 1


def test_what_is_no_address_is_shown_with_its_cure(visitor, app):
    answer = visitor.submit("/gestion", email="camille")

    assert answer.status_code == 422
    assert "nom@exemple.fr" in answer.text


def test_a_forwarded_letter_opens_nothing_but_writes_to_its_mailbox(visitor, token, postbox):
    page = visitor.get(f"/gestion/{token}").text
    assert "camille@exemple.fr" not in page
    assert visitor.get(f"/preferences/{token}").status_code == 422

    answer = visitor.submit(f"/gestion/{token}")

    assert "camille@exemple.fr" not in answer.text
    assert postbox.last.recipient == "camille@exemple.fr"
