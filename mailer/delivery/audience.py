"""Who a letter to a list is for: asked when it is counted, when it is frozen, and at each claim."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true

from mailer.consent.queries import restricted, sendable
from mailer.db import db
from mailer.delivery import segments
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import DeliveryState
from mailer.newsletters.digest_models import SentArticle
from mailer.newsletters.digest_states import Readership
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.pausing import DAYS_APART, Frequency, last_too_near
from mailer.subscriptions.reach import is_paused, reached
from mailer.subscriptions.segments.predicate import Node
from mailer.subscriptions.states import State

# What somebody has got, or is about to get.
ON_ITS_WAY = (
    DeliveryState.QUEUED,
    DeliveryState.LEASED,
    DeliveryState.DEFERRED,
    DeliveryState.SENT,
    DeliveryState.UNCERTAIN,
)


@dataclass(frozen=True)
class Size:
    """How many will get the letter, and how many of the list will not, and why."""

    people: int
    opposed: int
    unconfirmed: int
    paused: int
    # They asked for fewer letters than there are.
    too_soon: int
    # They could be written to, and are not of the segment.
    outside: int = 0


def members(list_id: int, at: datetime, where: Node | None = None) -> Select[int]:
    """The ids of the subscribers who may be sent what the list promised them, of that segment."""
    return (
        select(Subscriber.id)
        .join(Subscription, Subscription.subscriber_id == Subscriber.id)
        .where(Subscription.list_id == list_id, reached(at), is_meant(where, at))
    )


def is_meant(where: Node | None, at: datetime) -> ColumnElement[bool]:
    """Whether the person is of the segment; everybody is, when none is named."""
    return segments.matches(where, at) if where else true()


def wanting(
    list_id: int, at: datetime, readers: Readership | None = None, where: Node | None = None
) -> Select[int]:
    """Those of them whom a letter that leaves now is for: the last one is far enough away."""
    people = members(list_id, at, where)
    return people.where(is_for(readers), ~_comes_too_soon(list_id, at, readers))


def is_for(readers: Readership | None) -> ColumnElement[bool]:
    """Whether a subscription is among those readers; every one is, when none are named."""
    return Subscription.frequency.in_(readers.frequencies) if readers else true()


def _comes_too_soon(list_id: int, at: datetime, readers: Readership | None) -> ColumnElement[bool]:
    """The same as is_too_soon(), but for the letter whose rhythm is the one that was asked for."""
    too_soon = is_too_soon(list_id, at)
    return and_(Subscription.frequency != readers.own, too_soon) if readers else too_soon


def frequencies_served(
    list_id: int, at: datetime, readers: Readership | None = None
) -> list[Frequency]:
    """The frequencies of which a letter that leaves now leaves nobody out as too soon."""
    left_out = select(Subscription.frequency).distinct().join(Subscriber)
    left_out = left_out.where(
        Subscription.list_id == list_id, reached(at), _comes_too_soon(list_id, at, readers)
    )
    missed = set(db.session.scalars(left_out))
    return [each for each in (readers.frequencies if readers else Frequency) if each not in missed]


def has_had_all(list_id: int, keys: Collection[str]) -> ColumnElement[bool]:
    """Whether the person has had all of these articles in letters to the list."""
    had = (
        select(func.count(SentArticle.key.distinct()))
        .join(
            Campaign,
            and_(
                Campaign.issue_id == SentArticle.issue_id, Campaign.list_id == SentArticle.list_id
            ),
        )
        .join(Delivery, Delivery.campaign_id == Campaign.id)
        .where(
            SentArticle.list_id == list_id,
            SentArticle.key.in_(keys),
            Delivery.subscriber_id == Subscriber.id,
            Delivery.state.in_(ON_ITS_WAY),
        )
        .correlate(Subscriber)
    )
    return had.scalar_subquery() == len(keys)


def is_too_soon(list_id: int, at: datetime) -> ColumnElement[bool]:
    """Whether the person asked for fewer letters, and has had one of that list too lately."""
    return or_(
        *(
            and_(Subscription.frequency == each, _written_to(list_id, last_too_near(each, at)))
            for each in DAYS_APART
        )
    )


def _written_to(list_id: int, since: datetime) -> ColumnElement[bool]:
    return exists().where(
        Delivery.subscriber_id == Subscriber.id,
        Delivery.campaign_id.in_(select(Campaign.id).where(Campaign.list_id == list_id)),
        Delivery.state.in_(ON_ITS_WAY),
        Delivery.at >= since,
    )


def size(
    list_id: int, at: datetime, readers: Readership | None = None, where: Node | None = None
) -> Size:
    """The audience of the list, or of a segment of it, at that time, in one statement."""
    is_active = Subscription.state == State.ACTIVE
    is_sendable = sendable(Subscriber.fingerprint)
    meant = and_(reached(at), is_meant(where, at))
    too_soon = and_(meant, _comes_too_soon(list_id, at, readers))
    reaches, of_segment, opposed, unconfirmed, paused, soon = db.session.execute(
        select(
            _count(reached(at)),
            _count(meant),
            _count(and_(is_active, ~is_sendable)),
            _count(Subscription.state == State.PENDING),
            _count(and_(is_active, is_sendable, is_paused(at))),
            _count(too_soon),
        )
        .join(Subscriber, Subscription.subscriber_id == Subscriber.id)
        .where(
            Subscription.list_id == list_id,
            is_for(readers),
            ~restricted(Subscriber.fingerprint),
        )
    ).one()
    outside = reaches - of_segment
    return Size(of_segment - soon, opposed, unconfirmed, paused, soon, outside)


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((which, 1)))
