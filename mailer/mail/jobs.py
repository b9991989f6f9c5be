"""What the worker does for the outbox."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from structlog import get_logger

from mailer import shutdown
from mailer.addresses import domain_of
from mailer.clock import now
from mailer.db import transaction
from mailer.mail import allowances, outbox, relay
from mailer.mail.models import State
from mailer.mail.outbox import Claimed
from mailer.mail.outcome import Kind, Outcome
from mailer.mail.transports import Envelope

log = get_logger()

# One connection to a relay that takes a minute for each is done before their lease ends.
BATCH = 10


def send_outbox(withhold: Callable[[datetime], object] | None = None) -> None:
    """Send what is due: claim and commit; send; record and commit. No limit holds it back.

    What must not leave any more is taken out by `withhold`, in the transaction of each claim.
    """
    while not shutdown.requested() and (batch := _claim(withhold)):
        if leaving := [each for each in batch if each.relay]:
            _send(leaving)


@dataclass(frozen=True)
class Leaving:
    """A claimed mail and the relay that carries it; none when no relay can, now."""

    mail: Claimed
    relay: str
    granted_at: datetime


def _claim(withhold: Callable[[datetime], object] | None) -> list[Leaving]:
    """The mails that are due, each with its relay; those that none can carry are given back."""
    at = now()
    with transaction():
        lost = outbox.fail_lost(at)
        if withhold:
            withhold(at)
        batch = outbox.claim(BATCH, at)
        grants = allowances.urgent([_domain(mail) for mail in batch], at)
        for mail, grant in zip(batch, grants, strict=True):
            if grant.until:
                outbox.hold(mail, grant.until)
    for number in lost:
        log.warning("outbox.failed", mail=number)
    return [Leaving(mail, grant.relay, at) for mail, grant in zip(batch, grants, strict=True)]


def _send(batch: list[Leaving]) -> None:
    claimed = {each.mail.id: each for each in batch}
    counts: Counter[str] = Counter()
    answers = relay.transport().send(_envelope(each) for each in batch)
    for key, outcome in chain.from_iterable(answers):
        with transaction():
            state = _record(claimed[key], outcome, now())
        if state is State.FAILED:
            log.warning("outbox.failed", mail=key, status=outcome.status)
        counts["relay_down" if outcome.relay_down else outcome.kind] += 1
    log.info("outbox.sent", **counts)


def _record(leaving: Leaving, outcome: Outcome, at: datetime) -> State | None:
    state = outbox.record(leaving.mail, outcome, at)
    allowances.heard(leaving.relay, outcome, at)
    if outcome.relay_down and outcome.kind is not Kind.UNCERTAIN:
        place = leaving.relay, _domain(leaving.mail)
        allowances.refund({leaving.granted_at: [place]}, at)
    return state


def _envelope(leaving: Leaving) -> Envelope:
    message = leaving.mail.message
    content = message.to_bytes()
    return Envelope(leaving.mail.id, message.return_path, message.recipient, content, leaving.relay)


def _domain(mail: Claimed) -> str:
    """The domain that the mail goes to."""
    return domain_of(mail.message.recipient)


def forget_counts() -> None:
    """Delete the counts of the limits whose span is over."""
    with transaction():
        allowances.purge(now())
