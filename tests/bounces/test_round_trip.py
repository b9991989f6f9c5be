"""Our letters leave over a real socket; what bounces comes back through a real mailbox."""

import re

import pytest
from bounces.mails import report
from delivery.conftest import begin, over_smtp  # noqa: F401 - the worker's sending over SMTP
from sqlalchemy import select

from mailer import addresses
from mailer.bounces import jobs
from mailer.consent.models import Suppression
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.delivery import jobs as delivery
from mailer.delivery.models import Delivery
from mailer.delivery.states import DeliveryState
from mailer.subscriptions.models import Subscriber


@pytest.fixture
def people(subscribe):
    """Three readers, each known by their fingerprint."""
    subscribe(3)
    with transaction():
        for person in db.session.scalars(select(Subscriber)):
            person.fingerprint = fingerprint_of(addresses.parse(person.address))


def sent_to(address):
    return db.session.scalars(
        select(Delivery).join(Subscriber).where(Subscriber.address == address)
    ).one()


def envelope_of(content, commands):
    """The return-path that the mail was sent with, by the number in its Message-ID."""
    number = re.search(rb"^Message-ID: <c[0-9]+\.r([0-9]+)\.", content, re.MULTILINE)[1]
    return next(
        line.partition(b"<")[2].partition(b">")[0]
        for line in commands
        if line.startswith(b"MAIL FROM:<rebond+" + number + b".")
    )


def test_of_three_letters_the_one_to_a_dead_address_ends_it(
    people,
    begin,  # noqa: F811 - a fixture
    over_smtp,  # noqa: F811 - a fixture
    dovecot,
    watched,
):
    begin()
    delivery.send_batches()
    for recipient, content in over_smtp.taken:
        # The first is gone for good, the second is full, the third says nothing.
        status = {"p1@exemple.fr": "5.1.1", "p2@exemple.fr": "4.2.2"}.get(recipient)
        said = "452 4.2.2 Mailbox full" if status == "4.2.2" else ""
        if status:
            # A server of the other side writes to the envelope that it was given.
            written = report(content, recipient, status, said)
            path = envelope_of(content, over_smtp.commands)
            dovecot.deliver(watched, b"Delivered-To: " + path + b"\r\n" + written)
    jobs.read_returns()
    jobs.settle_events()
    db.session.expire_all()
    states = [sent_to(f"p{number}@exemple.fr").state for number in (1, 2, 3)]
    assert states == [DeliveryState.FAILED, DeliveryState.FAILED, DeliveryState.SENT]
    dead = fingerprint_of(addresses.parse("p1@exemple.fr"))
    assert [row.fingerprint for row in db.session.scalars(select(Suppression))] == [dead]
