"""Reading lists, people and the links sent to them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from mailer.addresses import Address
from mailer.consent.queries import restricted
from mailer.consent.subjects import fingerprint_of
from mailer.db import db
from mailer.errors import NotFound
from mailer.subscriptions.models import Confirmation, MailingList, Subscriber, Subscription
from mailer.subscriptions.states import Standing, State
from mailer.tokens import CONFIRM


def all_lists() -> Sequence[MailingList]:
    """Every list, in the order they were made."""
    return db.session.scalars(select(MailingList).order_by(MailingList.id)).all()


def open_lists() -> Sequence[MailingList]:
    """Those that can be written to and signed up for, in the order they were made."""
    return [row for row in all_lists() if not row.closed_at]


def offered_lists() -> Sequence[MailingList]:
    """Those of them that the form of all lists offers to everybody."""
    return [row for row in open_lists() if not row.unlisted]


def lists(ids: Collection[int]) -> Sequence[MailingList]:
    """Those of the lists that exist, in the order they were made."""
    return db.session.scalars(
        select(MailingList).where(MailingList.id.in_(ids)).order_by(MailingList.id)
    ).all()


def mailing_list(list_id: int) -> MailingList:
    """The list of that number; raises NotFound."""
    found = db.session.get(MailingList, list_id)
    if found is None:
        raise NotFound("list")
    return found


def held_list(list_id: int) -> MailingList:
    """The same as it is now, which nobody closes before the end of the transaction."""
    found = db.session.get(MailingList, list_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise NotFound("list")
    return found


def active(list_id: int) -> int:
    """How many receive the list."""
    receive = (Subscription.list_id == list_id) & (Subscription.state == State.ACTIVE)
    people = select(func.count()).join(Subscriber, Subscriber.id == Subscription.subscriber_id)
    found = people.where(receive, ~restricted(Subscriber.fingerprint))
    return db.session.scalar(found.select_from(Subscription)) or 0


def of_subscriber(subscriber_id: int) -> dict[int, Subscription]:
    """The person's subscriptions, by list."""
    rows = db.session.scalars(
        select(Subscription).where(Subscription.subscriber_id == subscriber_id)
    )
    return {row.list_id: row for row in rows}


def of_address(address: Address) -> dict[int, Subscription]:
    """The subscriptions of that address, by list."""
    found = select(Subscription).join(Subscriber, Subscriber.id == Subscription.subscriber_id)
    rows = db.session.scalars(found.where(Subscriber.fingerprint == fingerprint_of(address)))
    return {row.list_id: row for row in rows}


def hold(person: ColumnElement[bool]) -> None:
    """Let the requests, confirmations and leaves of one person take their turns.

    What was read before must be read anew (populate_existing): another turn may have changed it.
    """
    db.session.execute(select(Subscriber.id).where(person).with_for_update())


def may_begin(line: Subscription) -> bool:
    """Whether a yes lets the line in: nobody has left it since, and the list still appears."""
    return line.state != State.ENDED and not line.mailing_list.closed_at


def find_link(confirmation_id: int) -> Confirmation | None:
    """The link of that number with what it would confirm, or None once it is purged."""
    return db.session.scalars(
        select(Confirmation)
        .where(Confirmation.id == confirmation_id)
        .options(selectinload(Confirmation.subscriptions).joinedload(Subscription.mailing_list))
        .execution_options(populate_existing=True)
    ).first()


def link(confirmation_id: int) -> Confirmation:
    """The same, held for this transaction; raises NotFound."""
    sent_to = select(Confirmation.subscriber_id).where(Confirmation.id == confirmation_id)
    hold(Subscriber.id == sent_to.scalar_subquery())
    found = find_link(confirmation_id)
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
    left = [line for line in confirmation.subscriptions if line.state != State.ENDED]
    if left and all(line.mailing_list.closed_at for line in left):
        return Standing.CLOSED
    lifetime = CONFIRM.lifetime
    if lifetime and at > confirmation.sent_at + lifetime:
        return Standing.EXPIRED
    # Whoever has left, or objected, since the link was sent must ask anew.
    if not left:
        return Standing.EXPIRED
    return Standing.OPEN


def is_renewable(confirmation: Confirmation, at: datetime) -> bool:
    """Whether what the link would have confirmed still waits for a yes."""
    waits = any(line.state == State.PENDING for line in confirmation.subscriptions)
    return waits and standing(confirmation, at) is Standing.EXPIRED


def last_link(subscriber_id: int) -> Confirmation | None:
    """The newest link that was sent to the person."""
    return db.session.scalars(
        select(Confirmation)
        .where(Confirmation.subscriber_id == subscriber_id)
        .order_by(Confirmation.id.desc())
        .limit(1)
    ).first()


def find_subscription(subscription_id: int) -> Subscription | None:
    """The subscription of that number, or None once it is purged."""
    return db.session.get(Subscription, subscription_id, populate_existing=True)


def subscription(subscription_id: int) -> Subscription:
    """The same, held for this transaction; raises NotFound."""
    whose = select(Subscription.subscriber_id).where(Subscription.id == subscription_id)
    hold(Subscriber.id == whose.scalar_subquery())
    found = find_subscription(subscription_id)
    if found is None:
        raise NotFound("subscription")
    return found


def not_ended(fingerprint: str) -> Sequence[Subscription]:
    """The subscriptions of that address that have not ended, held for this transaction."""
    hold(Subscriber.fingerprint == fingerprint)
    return db.session.scalars(
        select(Subscription)
        .join(Subscriber, Subscription.subscriber_id == Subscriber.id)
        .where(Subscriber.fingerprint == fingerprint, Subscription.state != State.ENDED)
        .order_by(Subscription.id)
        .execution_options(populate_existing=True)
    ).all()
