"""What became of a campaign, counted from the ledger."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, cast, func, literal, select

from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent
from mailer.db import db
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import TO_DO, DeliveryState

# How leaving by the link of a mail is remembered (ConsentEvent.origin).
ORIGIN = "delivery:"


@dataclass(frozen=True)
class Counts:
    """How many mails are in each state, and why those that failed did, by status code."""

    states: Mapping[DeliveryState, int]
    failures: Mapping[str, int]

    def of(self, *states: DeliveryState) -> int:
        return sum(self.states.get(state, 0) for state in states)

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def left(self) -> int:
        """Those that still have to leave or are leaving."""
        return self.of(*TO_DO, DeliveryState.LEASED)

    @property
    def done(self) -> int:
        return self.total - self.left


def counts(campaign_ids: Iterable[int]) -> dict[int, Counts]:
    """The counts of each campaign, in one statement; a campaign without mails counts nothing."""
    numbers = list(campaign_ids)
    found = (
        select(Delivery.campaign_id, Delivery.state, Delivery.status, func.count())
        .where(Delivery.campaign_id.in_(numbers))
        .group_by(Delivery.campaign_id, Delivery.state, Delivery.status)
    )
    states: dict[int, Counter[DeliveryState]] = {number: Counter() for number in numbers}
    failures: dict[int, Counter[str]] = {number: Counter() for number in numbers}
    for number, state, status, how_many in db.session.execute(found):
        states[number][state] += how_many
        if state is DeliveryState.FAILED:
            failures[number][status or ""] += how_many
    return {number: Counts(states[number], failures[number]) for number in numbers}


def departures(campaign_id: int) -> int:
    """How many left the list by the link of a mail of this campaign, whoever came back since.

    Counted from the proofs, which outlive the subscription that was ended and its subscriber.
    """
    origins = select(literal(ORIGIN) + cast(Delivery.id, String)).where(
        Delivery.campaign_id == campaign_id
    )
    found = select(func.count(ConsentEvent.origin.distinct())).where(
        ConsentEvent.kind == Kind.WITHDRAWN, ConsentEvent.origin.in_(origins)
    )
    return db.session.scalar(found) or 0


def next_attempt(campaign_id: int) -> datetime | None:
    """When the first of the deferred mails is tried again."""
    found = select(func.min(Delivery.next_at)).where(
        Delivery.campaign_id == campaign_id, Delivery.state == DeliveryState.DEFERRED
    )
    return db.session.scalar(found)


def recent(limit: int) -> Sequence[Campaign]:
    """The newest campaigns."""
    found = select(Campaign).order_by(Campaign.starts_at.desc(), Campaign.id.desc()).limit(limit)
    return db.session.scalars(found).all()


def time_left(counted: Counts, elapsed: timedelta) -> timedelta | None:
    """How long the rest takes at the speed so far; None while there is nothing to tell it by."""
    leaving = counted.of(DeliveryState.QUEUED, DeliveryState.LEASED)
    if not counted.done or not leaving:
        return None
    return elapsed * leaving / counted.done
