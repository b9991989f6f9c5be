"""What the worker does for the outbox."""

from collections import Counter
from itertools import chain

from structlog import get_logger

from mailer.clock import now
from mailer.db import transaction
from mailer.mail import outbox, relay
from mailer.mail.models import State
from mailer.mail.outbox import Claimed
from mailer.mail.transports import Envelope

log = get_logger()

# One connection to a relay that takes a minute for each is done before their lease ends.
BATCH = 10


def send_outbox() -> None:
    """Send what is due: claim and commit; send; record and commit. A down relay ends the round."""
    while True:
        with transaction():
            lost = outbox.fail_lost(now())
            batch = outbox.claim(BATCH, now())
        for number in lost:
            log.warning("outbox.failed", mail=number)
        if not batch or not send(batch):
            return


def send(batch: list[Claimed]) -> bool:
    """Send the claimed mails; whether the relay is there for more."""
    claimed = {each.id: each for each in batch}
    counts: Counter[str] = Counter()
    answers = relay.transport().send(_envelope(each) for each in batch)
    for key, outcome in chain.from_iterable(answers):
        with transaction():
            state = outbox.record(claimed[key], outcome, now())
        if state is State.FAILED:
            log.warning("outbox.failed", mail=key, status=outcome.status)
        counts["relay_down" if outcome.relay_down else outcome.kind] += 1
    log.info("outbox.sent", **counts)
    return not counts["relay_down"]


def _envelope(claimed: Claimed) -> Envelope:
    message = claimed.message
    return Envelope(claimed.id, message.return_path, message.recipient, message.to_bytes())
