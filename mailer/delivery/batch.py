"""What passes between the ledger, the turn of a worker and the judgement of answers.

One of each is made for every mail of a campaign: tuples, which cost least.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from mailer.addresses import domain_of
from mailer.consent.tracking import Answers
from mailer.delivery.states import DeliveryEvent
from mailer.mail.outcome import Outcome
from mailer.subscriptions.pausing import Frequency


class Claimed(NamedTuple):
    """What is needed to write to one person of a batch, and how often it was tried before."""

    delivery_id: int
    subscription_id: int
    address: str
    fingerprint: str
    attempts: int
    joined_at: datetime
    answers: Answers = Answers()
    language: str = ""
    frequency: Frequency = Frequency.EACH
    # The relay that carries the mail, and when the limits let it pass; "" is the first one.
    relay: str = ""
    claimed_at: datetime | None = None
    # The subject that the mail has, where the campaign tries several.
    variant: int | None = None

    @property
    def domain(self) -> str:
        """The domain that the mail goes to."""
        return domain_of(self.address)


class Batch(NamedTuple):
    """A claimed slice: nobody else sends to these people. It may hold nobody: all had left."""

    campaign_id: int
    people: Sequence[Claimed]


class Answered(NamedTuple):
    """A mail and what a relay said about it."""

    campaign_id: int
    person: Claimed
    outcome: Outcome


class Unsent(NamedTuple):
    """A mail that was claimed and never left."""

    campaign_id: int
    person: Claimed


class Result(NamedTuple):
    """What became of one mail; `next_at` is for the one that is tried again."""

    delivery_id: int
    event: DeliveryEvent
    status: str | None = None
    next_at: datetime | None = None
