"""A list with a series, the days as they pass, and the worker at its work."""

from datetime import timedelta
from email import message_from_bytes, policy

import time_machine
from sqlalchemy import select

from mailer import addresses
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.db import db, transaction
from mailer.delivery import jobs, rounds, sequences
from mailer.delivery import sequence_queries as queries
from mailer.delivery.models import Delivery
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.tokens import CONFIRM

WELCOME, AFTER_THREE, AFTER_TEN = "Bienvenue", "Le port en cinq adresses", "Les marées"

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def work():
    """One turn of the worker."""
    jobs.enrol_newcomers()
    jobs.start_due()
    jobs.send_batches()
    db.session.rollback()


def work_later(pause):
    """The same, that much further on."""
    with later(pause):
        work()


def later(pause):
    """The clock, that much further on."""
    return time_machine.travel(now() + pause, tick=True)


def series(list_id, account_id, *steps):
    """The number of a series of (days, letter), standing still."""
    with transaction():
        made = sequences.set_up(list_id, account_id, now())
        for days, issue_id in steps:
            sequences.add(made, days, issue_id, f"account:{account_id}", now())
        return made.id


def start(sequence_id, account_id):
    with transaction():
        sequences.start(queries.locked(sequence_id), account_id, now())


def pause(sequence_id):
    with transaction():
        rounds.pause(queries.locked(sequence_id), "account:1")


def ask(list_id, address="p1@exemple.fr"):
    """The link that the person finds in the mailbox."""
    with transaction():
        proof = Evidence(Method.WEB_FORM, now())
        link = subscriptions.request(addresses.parse(address), [list_id], proof, "fr", now())
        return CONFIRM.sign(link.id)


def press(link):
    """Press the button that the link leads to."""
    with transaction():
        subscriptions.confirm(link, Evidence(Method.CONFIRM_POST, now()), now())


def join(list_id, address="p1@exemple.fr"):
    press(ask(list_id, address))


def leave(address="p1@exemple.fr"):
    with transaction():
        found = db.session.query(Subscription.id).join(Subscriber)
        number = found.filter(Subscriber.address == address).scalar()
        subscriptions.end(number, "test", now())


def got(relay, address="p1@exemple.fr"):
    """The subjects of the letters that the person got, in their order."""
    read = (
        message_from_bytes(each.content, policy=policy.default)
        for each in relay.taken
        if each.recipient == address
    )
    return [str(message["Subject"]) for message in read]


def deliveries():
    """What the ledger says, in the order in which it was promised."""
    db.session.rollback()
    return db.session.scalars(select(Delivery).order_by(Delivery.id)).all()
