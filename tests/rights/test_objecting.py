"""No to every letter, from the link of one: at once, registered, and once only."""

import pytest
from sqlalchemy import select

from mailer.consent.queries import is_sendable
from mailer.db import db
from mailer.mail.models import OutboxMessage
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.states import State
from mailer.tokens import UNSUBSCRIBE


@pytest.fixture
def link(subscriber):
    """The end of the address that every copy of a letter carries."""
    return UNSUBSCRIBE.sign([db.session.scalars(select(Subscription.id)).one(), "delivery:1"])


def test_one_press_ends_every_letter_and_is_registered(visitor, subscriber, link, case, read):
    page = visitor.get(f"/desinscriptions/{link}").text
    assert f'action="/droits/opposition/{link}"' in page
    assert is_sendable(subscriber.fingerprint)

    answer = visitor.submit(f"/droits/opposition/{link}")
    told = read(visitor.get(answer.location))

    assert "plus aucun envoi ne partira vers cette adresse" in told
    assert case().reference in told
    assert case().rights == (Right.OBJECTION,)
    assert not is_sendable(subscriber.fingerprint)
    assert db.session.scalars(select(Subscription.state)).all() == [State.ENDED]
    newest = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)
    assert db.session.scalars(newest).one().recipient == "lea@exemple.fr"


def test_a_second_press_finds_the_first_request(visitor, link):
    first = visitor.submit(f"/droits/opposition/{link}")
    visitor.submit(f"/droits/opposition/{link}")

    assert first.status_code == 303
    assert len(db.session.scalars(select(RightsRequest.id)).all()) == 1


def test_whoever_was_purged_meanwhile_is_led_to_the_form(visitor, app):
    answer = visitor.submit(f"/droits/opposition/{UNSUBSCRIBE.sign([404, 'delivery:1'])}")

    assert answer.location == "/droits"
