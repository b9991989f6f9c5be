"""What the worker does for the record by itself."""

from structlog import get_logger

from mailer.audit import anchors, sealing, verification
from mailer.clock import now
from mailer.db import db, transaction

log = get_logger()

SEAL, VERIFY = "seal-record", "verify-record"


def seal() -> None:
    """Link every entry that waits, some a transaction; anchor the chain once a day."""
    number = sealing.ROWS_AT_ONCE
    while number == sealing.ROWS_AT_ONCE:
        with transaction():
            number = sealing.seal()
    with transaction():
        anchors.drop(now())
    anchors.copy()


def verify() -> None:
    """Walk the whole chain and keep what was found for the administrator's page."""
    found = verification.verify()
    db.session.rollback()
    with transaction():
        verification.keep(found, now())
    if found.fault:
        log.error("audit.broken", checked=found.entries)
