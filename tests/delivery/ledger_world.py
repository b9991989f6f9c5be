"""Workers that are played by hand on the real ledger, one call at a time."""

from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import campaigns, claims, journal, outcomes, pace
from mailer.delivery.batch import Answered, Claimed, Unsent
from mailer.delivery.group import settle
from mailer.mail.outcome import Kind, Outcome, Stage

ANSWERS = {
    "accepted": Outcome(Kind.ACCEPTED, "2.0.0", "", Stage.FINAL),
    "later": Outcome(Kind.DEFERRED, "4.2.2", "", Stage.RCPT),
    "refused": Outcome(Kind.REJECTED, "5.2.2", "", Stage.RCPT),
    "lost": Outcome(Kind.UNCERTAIN, "4.4.2", "", Stage.FINAL),
}
NOT_ARRIVED = {"later", "refused"}


class CrashError(Exception):
    """The worker is no more."""


@dataclass
class Worker:
    """What one worker holds in memory; only its journal outlives it."""

    folder: object
    held: dict[int, Claimed] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)
    answers: dict[int, Outcome] = field(default_factory=dict)

    def __post_init__(self):
        self.stack = ExitStack()
        self.journal = self.stack.enter_context(journal.opened(self.folder))

    def claim(self, campaign_id, size=2):
        """Lease the next people; who they are."""
        with transaction():
            campaign = campaigns.by_id(campaign_id)
            batch = claims.claim(campaign, size, self.journal.owner, now())
        people = batch.people if batch else []
        self.held |= {person.delivery_id: person for person in people}
        return people

    def leave(self, key):
        """The content of the mail is on its way."""
        self.journal.leaves(key)
        self.left.add(key)

    def answer(self, key, word):
        """The relay has said this of it."""
        self.journal.answered(key, ANSWERS[word])
        self.answers[key] = ANSWERS[word]

    def commit(self, campaign_id):
        """Record what was answered, and give back what has not left."""
        answered = [Answered(campaign_id, self.held[k], said) for k, said in self.answers.items()]
        kept = self.held.keys() - self.left
        unsent = [Unsent(campaign_id, self.held[key]) for key in sorted(kept)]
        at = now()
        with transaction():
            settle(self.journal.owner, outcomes.judge(answered, unsent, at), at)
        for key in [*self.answers, *kept]:
            self.held.pop(key)
            self.left.discard(key)
        self.answers.clear()

    def in_flight(self):
        """What has left and was not answered."""
        return sorted(self.left - self.answers.keys())

    def waiting(self, at):
        """What was claimed and has not left, and still may: a turn asks again long before."""
        kept = self.held.keys() - self.left
        return sorted(key for key in kept if at <= self.held[key].claimed_at + pace.LEASE)

    def crash(self):
        """Die: the lock of the journal goes, the journal stays."""
        with suppress(CrashError), self.stack:
            raise CrashError
