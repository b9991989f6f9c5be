"""Corrections: a letter to exactly those whom another campaign has reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select

from mailer.consent.queries import restricted, sendable
from mailer.db import db
from mailer.delivery import audience
from mailer.delivery.audience import Size
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import OVER, DeliveryState
from mailer.newsletters.models import Issue
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.reach import is_paused, reached
from mailer.subscriptions.states import State

# Later, nobody remembers what is corrected.
OFFERED = timedelta(days=30)
# Who is in doubt may have it, and is told too.
REACHED = (DeliveryState.SENT, DeliveryState.UNCERTAIN)


@dataclass(frozen=True)
class Corrected:
    """A campaign that may be corrected: which letter it was, and when it began."""

    campaign_id: int
    subject: str
    started_at: datetime


def offered(list_id: int, issue_id: int, at: datetime) -> Sequence[Corrected]:
    """The campaigns of other letters to the list that this one may correct, the newest first."""
    found = (
        select(Campaign.id, Issue.subject, Campaign.started_at)
        .join(Issue, Issue.id == Campaign.issue_id)
        .where(
            Campaign.list_id == list_id,
            Campaign.issue_id != issue_id,
            Campaign.state.in_(OVER),
            Campaign.started_at > at - OFFERED,
            exists().where(Delivery.campaign_id == Campaign.id, Delivery.state.in_(REACHED)),
        )
        .order_by(Campaign.started_at.desc(), Campaign.id.desc())
    )
    rows = db.session.execute(found)
    return [Corrected(number, subject, began) for number, subject, began in rows if began]


def readers(list_id: int, campaign_id: int, at: datetime) -> Select[int]:
    """Those whom it reached and who may still be written to, however few letters they want."""
    return audience.members(list_id, at).where(_was_reached(campaign_id))


def size(list_id: int, campaign_id: int, at: datetime) -> Size:
    """How many that is, and how many of those whom it reached may no longer be written to."""
    is_active = Subscription.state == State.ACTIVE
    is_sendable = sendable(Subscriber.fingerprint)
    people, opposed, paused = db.session.execute(
        select(
            _count(reached(at)),
            _count(and_(is_active, ~is_sendable)),
            _count(and_(is_active, is_sendable, is_paused(at))),
        )
        .join(Subscriber, Subscription.subscriber_id == Subscriber.id)
        .where(
            Subscription.list_id == list_id,
            _was_reached(campaign_id),
            ~restricted(Subscriber.fingerprint),
        )
    ).one()
    return Size(people, opposed, 0, paused, 0)


def _was_reached(campaign_id: int) -> ColumnElement[bool]:
    return exists().where(
        Delivery.campaign_id == campaign_id,
        Delivery.subscriber_id == Subscriber.id,
        Delivery.state.in_(REACHED),
    )


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((which, 1)))
