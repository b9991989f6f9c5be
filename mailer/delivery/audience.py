"""Who a letter to a list is for: asked when it is counted, when it is frozen, and at each claim."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from mailer.consent.queries import sendable
from mailer.db import db
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.states import State


@dataclass(frozen=True)
class Size:
    """How many will get the letter, and how many of the list will not, and why."""

    people: int
    opposed: int
    unconfirmed: int


def reached() -> ColumnElement[bool]:
    """Whether a subscription, joined to its subscriber, may be written to now."""
    return and_(Subscription.state == State.ACTIVE, sendable(Subscriber.fingerprint))


def members(list_id: int) -> Select[int]:
    """The ids of the subscribers whom a letter to the list is for."""
    return (
        select(Subscriber.id)
        .join(Subscription, Subscription.subscriber_id == Subscriber.id)
        .where(Subscription.list_id == list_id, reached())
    )


def size(list_id: int) -> Size:
    """The audience of the list now, in one statement."""
    is_active = Subscription.state == State.ACTIVE
    is_sendable = sendable(Subscriber.fingerprint)
    found = (
        select(
            _count(and_(is_active, is_sendable)),
            _count(and_(is_active, ~is_sendable)),
            _count(Subscription.state == State.PENDING),
        )
        .join(Subscriber, Subscription.subscriber_id == Subscriber.id)
        .where(Subscription.list_id == list_id)
    )
    people, opposed, unconfirmed = db.session.execute(found).one()
    return Size(people, opposed, unconfirmed)


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((which, 1)))
