"""A link to one's preferences goes to the mailbox itself: whoever asks learns nothing from us."""

from datetime import datetime

from sqlalchemy import select

from mailer.abuse import allowance
from mailer.addresses import Address
from mailer.consent.subjects import fingerprint_of
from mailer.db import db
from mailer.errors import Expired
from mailer.mail import outbox, retry
from mailer.mail.message import Message
from mailer.subscriptions import mailbox_emails, queries
from mailer.subscriptions.models import Subscriber
from mailer.tokens import MANAGE

# The number of a person that there never is.
NOBODY = 0


def send(address: Address, language: str, at: datetime) -> None:
    """Write to that mailbox, as often as any form may: the link, or that it receives nothing."""
    fingerprint = fingerprint_of(address)
    person = db.session.scalars(
        select(Subscriber).where(Subscriber.fingerprint == fingerprint)
    ).first()
    if not allowance.may_write(fingerprint, address.display, at):
        return
    # Both are built and one is sent, so that neither takes longer than the other.
    nothing = mailbox_emails.nothing_here(address.display, language)
    if person:
        outbox.put(_link(person), f"subscriber:{person.id}", retry.CONFIRMATION_PATIENCE)
    else:
        mailbox_emails.manage_link(NOBODY, address.display, language)
        outbox.put(nothing, "mailbox", retry.CONFIRMATION_PATIENCE)


def send_to(person: Subscriber, at: datetime) -> None:
    """Write to the mailbox on file, as often as any form may."""
    if allowance.may_write(person.fingerprint, person.address, at):
        outbox.put(_link(person), f"subscriber:{person.id}", retry.CONFIRMATION_PATIENCE)


def _link(person: Subscriber) -> Message:
    return mailbox_emails.manage_link(person.id, person.address, person.language)


def reader(token: str) -> Subscriber:
    """Whoever has just read the mailbox; the link serves again for its thirty minutes.

    Raises Invalid for a link that is not ours, Expired when its time, or the person, is gone.
    """
    person = db.session.get(Subscriber, MANAGE.read_id(token))
    if person is None:
        raise Expired("preferences")
    return person


def held_reader(token: str) -> Subscriber:
    """The same, whose turn it is for this transaction; the press shows that the mail was read."""
    person = reader(token)
    queries.hold(Subscriber.id == person.id)
    db.session.refresh(person)
    allowance.answered(person.fingerprint)
    return person
