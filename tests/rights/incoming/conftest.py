"""Mails as they reach the officer's mailbox."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from rights.conftest import case, dpo, read, received, subscriber

from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.imap import Arrived
from mailer.rights.incoming import operations
from mailer.rights.incoming.models import IncomingMail

__all__ = ["case", "dpo", "read", "received", "subscriber"]

SAMPLES = Path(__file__).parent / "samples"
# A Sunday evening; in Paris it is Monday already.
CAME = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
VICTIM, ATTACKER = "nadia.k@exemple.fr", "mallory@ailleurs.fr"


def written(body="Merci de me désabonner.", *, sender=VICTIM, subject="Demande", **fields):
    """A plain mail, as bytes."""
    named = {"From": sender, "Subject": subject} | {
        name.replace("_", "-"): value for name, value in fields.items()
    }
    head = "\r\n".join(f"{name}: {value}" for name, value in named.items())
    kind = "Content-Type: text/plain; charset=utf-8"
    return f"{head}\r\n{kind}\r\n\r\n{body}\r\n".encode()


@pytest.fixture
def take_in(app):
    """`take_in(written(…))`: the mail, kept as the worker would keep it."""

    def take(content, at=CAME, size=None):
        arrived = Arrived(1, at, size or len(content), content)
        with transaction():
            return operations.take_in(arrived, "dpo@exemple.fr", now())

    return take


@pytest.fixture
def mails(app):
    """`mails()`: all that were taken in, the first first."""

    def every():
        db.session.expire_all()
        return db.session.scalars(db.select(IncomingMail).order_by(IncomingMail.id)).all()

    return every
