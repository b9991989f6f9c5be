"""What passes between the ledger, the pipeline and the judgement of answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mailer.consent.tracking import Answers
from mailer.delivery.states import DeliveryEvent


@dataclass(frozen=True)
class Claimed:
    """What is needed to write to one person of a batch, and how often it was tried before."""

    delivery_id: int
    subscription_id: int
    address: str
    fingerprint: str
    attempts: int
    joined_at: datetime
    answers: Answers = field(default_factory=Answers)


@dataclass(frozen=True)
class Batch:
    """A claimed slice: nobody else sends to these people. It may hold nobody: all had left."""

    owner: str
    people: Sequence[Claimed]


@dataclass(frozen=True)
class Result:
    """What became of one mail; `next_at` is for the one that is tried again."""

    delivery_id: int
    event: DeliveryEvent
    status: str | None = None
    next_at: datetime | None = None
