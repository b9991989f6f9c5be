"""How many mails strangers may cause: to one mailbox, to one domain, in all.

Every mail that somebody can have sent to another's mailbox asks here first: confirmations, links,
acknowledgements. Above the ceiling of a mailbox nothing is sent and nobody is told; above the
others the visitor is asked to come back, in a sentence that says nothing of the mailbox.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, select, update

from mailer.abuse.models import AskedMail
from mailer.addresses import domain_of
from mailer.db import db, hint
from mailer.errors import Busy
from mailer.web import counters
from mailer.web.counters import EVERYBODY, HOUR, window

WARN = "warn-of-abuse"
MAILBOX, DOMAIN, MAILS = "mailbox", "domain", "mails"
DAY = timedelta(days=1)
# From this share of a ceiling on, it is near.
NEAR = 0.5


def may_write(fingerprint: str, address: str, at: datetime) -> bool:
    """Whether a mail may go to that mailbox now because somebody asked; if so, it is counted.

    Raises Busy when its domain, or everybody together, had their share of this hour.
    """
    # Holds the mailbox's row: of two who ask at once, the second sees what the first was given.
    counters.count([window(MAILBOX, counters.pseudonym(fingerprint, at), HOUR, at)])
    if not _has_allowance(fingerprint, at):
        return False
    _count(domain_of(address), at)
    db.session.add(AskedMail(fingerprint=fingerprint, at=at))
    db.session.flush()
    return True


def answered(fingerprint: str) -> None:
    """Who reads the mailbox has pressed the button: the next mail need not wait for its minutes."""
    db.session.execute(
        update(AskedMail).where(AskedMail.fingerprint == fingerprint).values(is_answered=True)
    )


def _has_allowance(fingerprint: str, at: datetime) -> bool:
    apart = timedelta(minutes=current_app.config["CONFIRMATION_MINUTES_APART"])
    is_close = (AskedMail.at > at - apart) & ~AskedMail.is_answered
    of_today = select(func.count(), func.count().filter(is_close)).where(
        AskedMail.fingerprint == fingerprint, AskedMail.at > at - DAY
    )
    today, close = db.session.execute(of_today).one()
    return bool(today < current_app.config["CONFIRMATIONS_A_DAY"] and not close)


@dataclass(frozen=True)
class Fill:
    """How full one hour is."""

    number: int
    ceiling: int

    @property
    def is_near(self) -> bool:
        return self.number > self.ceiling * NEAR

    @property
    def is_over(self) -> bool:
        return self.number > self.ceiling


def _count(domain: str, at: datetime) -> None:
    config = current_app.config
    to_domain = window(DOMAIN, counters.pseudonym(domain, at), HOUR, at)
    to_all = window(MAILS, EVERYBODY, HOUR, at)
    numbers = counters.count((to_domain, to_all))
    fills = (
        Fill(numbers[to_domain], config["MAILS_TO_A_DOMAIN_AN_HOUR"]),
        Fill(numbers[to_all], config["MAILS_ASKED_AN_HOUR"]),
    )
    if any(fill.is_over for fill in fills):
        raise Busy(to_all.starts_at + HOUR)
    if any(fill.is_near for fill in fills):
        counters.raise_alarm(at)
        hint(WARN)
