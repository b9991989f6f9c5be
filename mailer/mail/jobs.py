"""What the worker does for the outbox."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from structlog import get_logger

from mailer import shutdown
from mailer.addresses import domain_of
from mailer.clock import now
from mailer.db import transaction
from mailer.mail import allowances, outbox, relay
from mailer.mail.models import OutboxMessage, State
from mailer.mail.outbox import Claimed
from mailer.mail.outcome import Kind, Outcome
from mailer.mail.transports import Envelope

log = get_logger()

# One connection to a relay that takes a minute for each is done before their lease ends.
BATCH = 10

# Which mails of a claim must not leave any more.
Withheld = Callable[[Sequence[Claimed], datetime], Collection[int]]


def nothing(_batch: Sequence[Claimed], _at: datetime) -> Collection[int]:
    """Withhold none of them."""
    return ()


def send_outbox(withheld: Withheld = nothing) -> None:
    """Send what is due: claim and commit; send; record and commit. No limit holds it back.

    `withheld` says, in the transaction of each claim, which of the mails must not leave any more.
    """
    while not shutdown.requested() and (batch := _claim(withheld)) is not None:
        if leaving := [each for each in batch if each.relay]:
            _send(leaving)


@dataclass(frozen=True)
class Leaving:
    """A claimed mail and the relay that carries it; none when no relay can, now."""

    mail: Claimed
    relay: str
    granted_at: datetime


def _claim(withheld: Withheld) -> list[Leaving] | None:
    """The mails that are due, each with its relay; None when there are none.

    Those that no relay can carry are given back, those that are withheld are forgotten.
    """
    at = now()
    with transaction():
        lost = outbox.fail_lost(at)
        due = outbox.claim(BATCH, at)
        if ends := withheld(due, at):
            outbox.forget(OutboxMessage.id.in_(ends), at)
        batch = [mail for mail in due if mail.id not in ends]
        grants = allowances.urgent([_domain(mail) for mail in batch], at)
        for mail, grant in zip(batch, grants, strict=True):
            if grant.until:
                outbox.hold(mail, grant.until)
    for number in lost:
        log.warning("outbox.failed", mail=number)
    if not due:
        return None
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
