"""What the worker does with what came back."""

from contextlib import ExitStack
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import exists, select
from structlog import get_logger

from mailer.bounces import incoming, mailbox
from mailer.bounces.models import ProviderEvent
from mailer.bounces.settling import hold, settle
from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery.models import Delivery
from mailer.mail import collecting, imap, reading
from mailer.mail.imap import Arrived

# Nothing more begins after it; what is left has its turn in the next minute.
ROUND = timedelta(seconds=45)
MOST = 20_000

WAYS = {"imap": reading.read, "pop3": collecting.collect}

log = get_logger()


def settle_events() -> None:
    """Draw the consequence of each event, the oldest first, one transaction each.

    One that cannot be settled holds up none of those after it, and is raised once they had theirs.
    """
    end, settled = now() + ROUND, list[int]()
    with ExitStack() as turns:
        turns.callback(_say, settled)
        for number in reversed(_waiting()):
            turns.callback(_settle, number, end, settled)


def _waiting() -> list[int]:
    """The events to settle; a mail that is being sent must have left before it can come back."""
    is_leaving = exists().where(
        Delivery.id == ProviderEvent.delivery_id, Delivery.lease_until.is_not(None)
    )
    found = select(ProviderEvent.id).where(ProviderEvent.handled_at.is_(None), ~is_leaving)
    numbers = db.session.scalars(found.order_by(ProviderEvent.id).limit(MOST)).all()
    db.session.rollback()
    return list(numbers)


def _settle(number: int, end: datetime, settled: list[int]) -> None:
    if now() >= end:
        return
    with transaction():
        hold(number)
        event = db.session.scalar(
            select(ProviderEvent)
            .where(ProviderEvent.id == number, ProviderEvent.handled_at.is_(None))
            .with_for_update(skip_locked=True)
        )
        if event is None:
            return
        settle(event, now())
    settled.append(number)


def _say(settled: list[int]) -> None:
    if settled:
        log.info("returns.settled", events=len(settled))


def read_returns() -> None:
    """Take in what is new in the mailbox that mails come back to."""
    found = mailbox.configured()
    if found is None:
        return
    way = WAYS[current_app.config["BOUNCE_MAILBOX_PROTOCOL"]]
    try:
        taken = way(found, _take)
    except imap.UnreachableError as error:
        log.warning("returns.unreachable", kind=str(error))
        return
    if taken:
        log.info("returns.read", mails=taken)


def _take(arrived: Arrived) -> None:
    incoming.take(arrived, now())
