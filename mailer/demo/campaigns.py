"""Six past campaigns, and what became of each mail: sent, sent late, refused, given up, left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import ColumnElement, insert, literal, or_, select, update

from mailer.consent import operations as consent
from mailer.consent.evidence import Method
from mailer.consent.models import Reason
from mailer.consent.queries import sendable
from mailer.db import db
from mailer.delivery import campaigns
from mailer.delivery.campaigns import Order
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import DeliveryState
from mailer.newsletters.models import Issue
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Subscriber, Subscription

DECIDED_BEFORE = timedelta(hours=2)
LASTED = timedelta(seconds=40)
LEFT_AFTER = timedelta(hours=5)


@dataclass(frozen=True)
class Share:
    """So many mails in a thousand end so (RFC 3463)."""

    per_thousand: float
    state: DeliveryState
    status: str
    attempts: int


SHARES = (
    # Greylisting: sent at the second attempt.
    Share(35, DeliveryState.SENT, "2.0.0", 2),
    Share(6, DeliveryState.FAILED, "5.1.1", 1),
    Share(4, DeliveryState.FAILED, "5.2.2", 1),
    # Given up after days without an answer.
    Share(3, DeliveryState.FAILED, "4.4.1", 12),
    Share(0.6, DeliveryState.UNCERTAIN, "", 1),
)
NO_SUCH_MAILBOX = "5.1.1"
DEPARTURES_PER_THOUSAND = 7


def load(sent: Sequence[tuple[Issue, datetime]], account_id: int) -> None:
    """Live each campaign again, in order: who left or bounced is not written to the next time."""
    draw = Random(6)  # noqa: S311 - the same history each time
    for issue, starts_at in sent:
        campaign = _run(issue, starts_at, account_id)
        _promise(campaign, starts_at)
        _spread(campaign, draw)
        _suppress_bounced(campaign)
        _let_leave(campaign, draw, starts_at + LEFT_AFTER)


def _run(issue: Issue, starts_at: datetime, account_id: int) -> Campaign:
    decided_at = starts_at - DECIDED_BEFORE
    order = Order(issue.id, issue.newsletter.list_id, 1, starts_at, account_id)
    campaign = campaigns.schedule(order, decided_at)
    campaigns.start(campaign, starts_at)
    campaigns.finish(campaign, starts_at + LASTED)
    return campaign


def _promise(campaign: Campaign, at: datetime) -> None:
    """One row for each reader of that day, all sent at first."""
    readers = (
        select(
            Subscriber.id,
            literal(campaign.id),
            literal(DeliveryState.SENT, Delivery.state.type),
            literal(1),
            literal("2.0.0"),
            literal(at + LASTED, Delivery.at.type),
        )
        .join(Subscription, Subscription.subscriber_id == Subscriber.id)
        .where(Subscription.list_id == campaign.list_id, _was_active(at))
        .where(sendable(Subscriber.fingerprint))
        .order_by(Subscriber.id)
    )
    names = ["subscriber_id", "campaign_id", "state", "attempts", "status", "at"]
    db.session.execute(insert(Delivery).from_select(names, readers))


def _was_active(at: datetime) -> ColumnElement[bool]:
    still_there = or_(Subscription.ended_at.is_(None), Subscription.ended_at > at)
    return (Subscription.confirmed_at < at) & still_there


def _spread(campaign: Campaign, draw: Random) -> None:
    numbers = list(_sent(campaign))
    draw.shuffle(numbers)
    total = len(numbers)
    for share in SHARES:
        count = round(total * share.per_thousand / 1000)
        chosen, numbers = numbers[:count], numbers[count:]
        values = {"state": share.state, "status": share.status, "attempts": share.attempts}
        db.session.execute(update(Delivery).where(Delivery.id.in_(chosen)).values(values))


def _sent(campaign: Campaign) -> Sequence[int]:
    found = select(Delivery.id).where(
        Delivery.campaign_id == campaign.id, Delivery.state == DeliveryState.SENT
    )
    return db.session.scalars(found.order_by(Delivery.id)).all()


def _suppress_bounced(campaign: Campaign) -> None:
    bounced = (
        select(Delivery.id, Delivery.at, Subscriber.fingerprint)
        .join(Subscriber, Subscriber.id == Delivery.subscriber_id)
        .where(Delivery.campaign_id == campaign.id, Delivery.status == NO_SUCH_MAILBOX)
    )
    for number, at, fingerprint in db.session.execute(bounced).all():
        consent.suppress(fingerprint, Reason.HARD_BOUNCE, at, f"delivery:{number}")


def _let_leave(campaign: Campaign, draw: Random, at: datetime) -> None:
    numbers = _sent(campaign)
    leaving = draw.sample(numbers, round(len(numbers) * DEPARTURES_PER_THOUSAND / 1000))
    lines = (
        select(Subscription.id, Delivery.id)
        .join(Delivery, Delivery.subscriber_id == Subscription.subscriber_id)
        .where(Delivery.id.in_(leaving), Subscription.list_id == campaign.list_id)
    )
    for line, number in db.session.execute(lines).all():
        subscriptions.end(line, f"delivery:{number}", at, Method.ONE_CLICK_POST)
