"""What the worker does with what came back."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import select
from structlog import get_logger

from mailer.bounces import incoming, mailbox
from mailer.bounces.models import ProviderEvent
from mailer.bounces.settling import settle
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail import collecting, imap, reading
from mailer.mail.imap import Arrived

# Nothing more begins after it; what is left has its turn in the next minute.
ROUND = timedelta(seconds=45)

WAYS = {"imap": reading.read, "pop3": collecting.collect}

log = get_logger()


def settle_events() -> None:
    """Draw the consequence of each event, the oldest first, one transaction each."""
    end, settled = now() + ROUND, 0
    while now() < end:
        with transaction():
            event = db.session.scalar(
                select(ProviderEvent)
                .where(ProviderEvent.handled_at.is_(None))
                .order_by(ProviderEvent.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if event is None:
                break
            settle(event, now())
        settled += 1
    if settled:
        log.info("returns.settled", events=settled)


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
