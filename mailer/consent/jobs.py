"""What the worker does for the ledger by itself."""

from structlog import get_logger

from mailer.clock import now
from mailer.consent import anchors, withdrawals
from mailer.db import transaction

log = get_logger()

ANCHOR = "anchor-ledger"


def anchor() -> None:
    """Anchor the chain once a day when it has grown; what a crash kept from the file is added."""
    at = now()
    with transaction():
        dropped = anchors.drop(at) if anchors.is_due(at) else None
        seq = dropped.seq if dropped else 0
    anchors.copy()
    if seq:
        log.info("consent.ledger_anchored", seq=seq)


def write_withdrawals() -> None:
    """Copy each new no into the journal beside the data."""
    withdrawals.write()
