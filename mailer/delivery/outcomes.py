"""What the answers to mails mean: read without doing, then done to those they concern."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.delivery import consequences
from mailer.delivery.batch import Answered, Claimed, Result, Unsent
from mailer.delivery.consequences import Consequence
from mailer.delivery.states import DeliveryEvent
from mailer.mail import retry
from mailer.mail.outcome import Kind, Outcome

SETTLED = {
    Kind.REJECTED: DeliveryEvent.REJECT,
    Kind.UNCERTAIN: DeliveryEvent.LOSE,
}


@dataclass(frozen=True)
class Verdict:
    """What to write in the ledger, whom never to write to again, which campaigns are held up."""

    results: list[Result] = field(default_factory=list)
    dead: list[Claimed] = field(default_factory=list)
    # What stops a campaign, by its number.
    faults: dict[int, Outcome] = field(default_factory=dict)
    # The campaigns that a relay does not answer, the relays that do not, and those that do.
    held_up: set[int] = field(default_factory=set)
    down: dict[str, Outcome] = field(default_factory=dict)
    up: set[str] = field(default_factory=set)
    # To whom nothing left, though a place under the limits was taken for them.
    unsent: list[Claimed] = field(default_factory=list)
    # The campaigns that some mail will be tried of again.
    unfinished: set[int] = field(default_factory=set)

    def blame_us(self, refused: Iterable[Answered], at: datetime) -> None:
        """Take what was refused to everybody for our fault: they are still owed the letter."""
        for campaign_id, person, answer in refused:
            self.results.append(Result(person.delivery_id, DeliveryEvent.RELEASE, None, at))
            self.unfinished.add(campaign_id)
            self.faults.setdefault(campaign_id, answer)


def judge(answered: Iterable[Answered], unsent: Iterable[Unsent], at: datetime) -> Verdict:
    """What follows from the answer to each mail; what never left waits for the next claim."""
    verdict = Verdict()
    for campaign_id, person in unsent:
        verdict.results.append(Result(person.delivery_id, DeliveryEvent.RELEASE, None, at))
        verdict.unfinished.add(campaign_id)
        verdict.unsent.append(person)
    for campaign_id, person, answer in answered:
        if answer.kind is Kind.ACCEPTED:
            verdict.results.append(Result(person.delivery_id, DeliveryEvent.ACCEPT, answer.status))
            verdict.up.add(person.relay)
            continue
        meant = consequences.of(answer)
        result = _result(person, answer, meant, at)
        verdict.results.append(result)
        if result.next_at:
            verdict.unfinished.add(campaign_id)
        if answer.relay_down:
            verdict.held_up.add(campaign_id)
            verdict.down[person.relay] = answer
            if answer.kind is not Kind.UNCERTAIN:
                verdict.unsent.append(person)
        if meant is Consequence.SUPPRESS:
            verdict.dead.append(person)
        elif meant is Consequence.STOP:
            verdict.faults.setdefault(campaign_id, answer)
    return verdict


def suppress(dead: Iterable[Claimed], at: datetime) -> None:
    """Never write again to addresses that do not exist."""
    for person in filter(attrgetter("fingerprint"), dead):
        origin = f"delivery:{person.delivery_id}"
        consent.suppress(person.fingerprint, Reason.HARD_BOUNCE, at, origin)


def _result(person: Claimed, answer: Outcome, meant: Consequence, at: datetime) -> Result:
    number = person.delivery_id
    is_known = answer.kind is not Kind.UNCERTAIN
    # Who was not reached, or was refused for our own fault, is still owed the letter.
    if is_known and (answer.relay_down or meant is Consequence.STOP):
        return Result(number, DeliveryEvent.RELEASE, None, at)
    if answer.kind is not Kind.DEFERRED:
        return Result(number, SETTLED[answer.kind], answer.status)
    if later := retry.next_attempt(person.attempts + 1, at):
        return Result(number, DeliveryEvent.DEFER, answer.status, later)
    return Result(number, DeliveryEvent.REJECT, answer.status)
