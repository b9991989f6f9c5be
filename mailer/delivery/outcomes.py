"""What the answers to a batch mean: read without doing, then done to those they concern."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.delivery import consequences
from mailer.delivery.batch import Batch, Claimed, Result
from mailer.delivery.consequences import Consequence
from mailer.delivery.states import DeliveryEvent
from mailer.mail import retry
from mailer.mail.outcome import Kind, Outcome

SETTLED = {
    Kind.ACCEPTED: DeliveryEvent.ACCEPT,
    Kind.REJECTED: DeliveryEvent.REJECT,
    Kind.UNCERTAIN: DeliveryEvent.LOSE,
}


@dataclass(frozen=True)
class Verdict:
    """What to write in the ledger, whom never to write to again, what halts the campaign."""

    results: tuple[Result, ...]
    dead: tuple[Claimed, ...]
    fault: Outcome | None
    relay_down: bool


def judge(batch: Batch, answers: Mapping[int, Outcome], at: datetime) -> Verdict:
    """What follows from the answer to each mail of the batch."""
    judged = [(person, answers[person.delivery_id]) for person in batch.people]
    meant = [(person, answer, consequences.of(answer)) for person, answer in judged]
    return Verdict(
        results=tuple(_result(p, a, c, at) for p, a, c in meant),
        dead=tuple(p for p, _, c in meant if c is Consequence.SUPPRESS),
        fault=next((a for _, a, c in meant if c is Consequence.STOP), None),
        relay_down=any(answer.relay_down for _, answer in judged),
    )


def suppress(dead: Iterable[Claimed], at: datetime) -> None:
    """Never write again to addresses that do not exist."""
    for person in dead:
        origin = f"delivery:{person.delivery_id}"
        consent.suppress(person.fingerprint, Reason.HARD_BOUNCE, at, origin)


def _result(person: Claimed, answer: Outcome, meant: Consequence, at: datetime) -> Result:
    number = person.delivery_id
    is_known = answer.kind is not Kind.UNCERTAIN
    # Who was not reached, or was refused for our own fault, is still owed the letter.
    if is_known and (answer.relay_down or meant is Consequence.STOP):
        return Result(number, DeliveryEvent.RELEASE, next_at=at)
    if answer.kind is not Kind.DEFERRED:
        return Result(number, SETTLED[answer.kind], answer.status)
    if later := retry.next_attempt(person.attempts + 1, at):
        return Result(number, DeliveryEvent.DEFER, answer.status, later)
    return Result(number, DeliveryEvent.REJECT, answer.status)
