"""Reading lists, people and the links sent to them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from mailer.consent.queries import is_sendable
from mailer.db import db
from mailer.errors import NotFound
from mailer.subscriptions.models import Confirmation, MailingList, Subscriber, Subscription
from mailer.subscriptions.states import Standing, State
from mailer.tokens import CONFIRM

DAY = timedelta(days=1)


def all_lists() -> Sequence[MailingList]:
    """Every list, in the order they were made."""
    return db.session.scalars(select(MailingList).order_by(MailingList.id)).all()


def lists(ids: Collection[int]) -> Sequence[MailingList]:
    """Those of the lists that exist, in the order they were made."""
    return db.session.scalars(
        select(MailingList).where(MailingList.id.in_(ids)).order_by(MailingList.id)
    ).all()


def of_subscriber(subscriber_id: int) -> dict[int, Subscription]:
    """The person's subscriptions, by list."""
    rows = db.session.scalars(
        select(Subscription).where(Subscription.subscriber_id == subscriber_id)
    )
    return {row.list_id: row for row in rows}


def is_receiving(subscription: Subscription, fingerprint: str) -> bool:
    """Whether letters of the list reach that person today."""
    return subscription.state == State.ACTIVE and is_sendable(fingerprint)


def link(confirmation_id: int) -> Confirmation:
    """The link of that number, locked until the transaction ends; raises NotFound."""
    found = db.session.scalars(
        select(Confirmation)
        .where(Confirmation.id == confirmation_id)
        .options(selectinload(Confirmation.subscriptions).joinedload(Subscription.mailing_list))
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("confirmation")
    return found


def newer_link(confirmation: Confirmation) -> Confirmation | None:
    """The newest later link that would confirm all that this one would."""
    later = db.session.scalars(
        select(Confirmation)
        .where(
            Confirmation.subscriber_id == confirmation.subscriber_id,
            Confirmation.id > confirmation.id,
        )
        .order_by(Confirmation.id.desc())
    )
    wanted = set(confirmation.subscriptions)
    return next((other for other in later if wanted <= set(other.subscriptions)), None)


def standing(confirmation: Confirmation, at: datetime) -> Standing:
    """What the link is good for at that time."""
    if confirmation.used_at:
        return Standing.USED
    if newer := newer_link(confirmation):
        return Standing.USED if newer.used_at else Standing.SUPERSEDED
    lifetime = CONFIRM.lifetime
    if lifetime and at > confirmation.sent_at + lifetime:
        return Standing.EXPIRED
    # Whoever has left, or objected, since the link was sent must ask anew.
    if all(line.state == State.ENDED for line in confirmation.subscriptions):
        return Standing.EXPIRED
    return Standing.OPEN


def last_link(subscriber_id: int) -> Confirmation | None:
    """The newest link that was sent to the person."""
    return db.session.scalars(
        select(Confirmation)
        .where(Confirmation.subscriber_id == subscriber_id)
        .order_by(Confirmation.id.desc())
        .limit(1)
    ).first()


def links_since(subscriber_id: int, since: datetime) -> int:
    """How many links were sent to the person after that time."""
    return (
        db.session.scalar(
            select(func.count(Confirmation.id)).where(
                Confirmation.subscriber_id == subscriber_id, Confirmation.sent_at > since
            )
        )
        or 0
    )


def subscription(subscription_id: int) -> Subscription:
    """The subscription of that number, locked until the transaction ends; raises NotFound."""
    found = db.session.scalars(
        select(Subscription).where(Subscription.id == subscription_id).with_for_update()
    ).first()
    if found is None:
        raise NotFound("subscription")
    return found


def not_ended(fingerprint: str) -> Sequence[Subscription]:
    """The subscriptions of that address that have not ended, locked."""
    return db.session.scalars(
        select(Subscription)
        .join(Subscriber, Subscription.subscriber_id == Subscriber.id)
        .where(Subscriber.fingerprint == fingerprint, Subscription.state != State.ENDED)
        .order_by(Subscription.id)
        .with_for_update(of=Subscription)
    ).all()
