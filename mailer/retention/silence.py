"""Who has not been heard of for so long that they must be asked, or forgotten.

Contact is what the person did (CNIL, référentiel gestion commerciale). An open is not: a picture
that a program loaded says nothing of a person.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)

from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent, Reason, Suppression
from mailer.consent.queries import sendable
from mailer.db import db
from mailer.mail.models import OutboxMessage
from mailer.rights.models import RightsRequest
from mailer.subscriptions import renewals
from mailer.subscriptions.models import MailingList, Renewal, Subscriber, Subscription
from mailer.subscriptions.states import State

# An import's event bears the date of the collection, from which the years count at first.
CONTACT = (
    Kind.CONFIRMED,
    Kind.IMPORTED,
    Kind.RENEWED,
    Kind.PREFERENCE_CHANGED,
    Kind.RECTIFIED,
    Kind.TRACKING_GRANTED,
    Kind.TRACKING_REFUSED,
    Kind.TRACKING_WITHDRAWN,
)


def to_ask(before: datetime) -> Select[int]:
    """Ids of people who receive letters, were not heard of since, and were not asked since."""
    asked = exists().where(Renewal.subscriber_id == Subscriber.id, Renewal.asked_at >= before)
    return _people(is_silent(before), sendable(Subscriber.fingerprint), ~asked)


def to_forget(before: datetime, asked_before: datetime) -> Select[int]:
    """Ids of silent people who did not answer in time, or whose mailbox is no more."""
    in_vain = exists().where(
        Renewal.subscriber_id == Subscriber.id,
        Renewal.asked_at >= before,
        Renewal.asked_at < asked_before,
        ~exists().where(
            OutboxMessage.origin == literal(f"{renewals.ORIGIN}:") + cast(Renewal.id, String),
            OutboxMessage.ended_at.is_(None),
        ),
    )
    # Who asked for restriction wants the data kept (GDPR art. 18(1)(c)).
    unreachable = _suppressed(Suppression.reason != Reason.RESTRICTION)
    restricted = _suppressed(Suppression.reason == Reason.RESTRICTION)
    return _people(is_silent(before), or_(in_vain, unreachable), ~restricted)


def some(people: Select[int], size: int) -> Sequence[int]:
    """At most that many of them."""
    return db.session.scalars(people.limit(size)).all()


def still(people: Select[int], ids: Sequence[int]) -> Sequence[int]:
    """Who of these, held since, is among them yet: the others did something meanwhile."""
    return db.session.scalars(people.where(Subscriber.id.in_(ids))).all()


def number(people: Select[int]) -> int:
    """How many they are."""
    return db.session.scalar(select(func.count()).select_from(people.subquery())) or 0


def is_silent(before: datetime) -> ColumnElement[bool]:
    """Whether nothing came from the person since that time."""
    acted = exists().where(
        ConsentEvent.fingerprint == Subscriber.fingerprint,
        ConsentEvent.kind.in_(CONTACT),
        ConsentEvent.occurred_at >= before,
    )
    wrote = exists().where(
        RightsRequest.fingerprint == Subscriber.fingerprint,
        RightsRequest.mailbox_confirmed_at >= before,
    )
    return and_(~acted, ~wrote)


def _suppressed(why: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Suppression.fingerprint == Subscriber.fingerprint, why)


def _people(*which: ColumnElement[bool]) -> Select[int]:
    # The lines of a list that was closed end by themselves.
    receives = exists().where(
        Subscription.subscriber_id == Subscriber.id,
        Subscription.state == State.ACTIVE,
        MailingList.id == Subscription.list_id,
        MailingList.closed_at.is_(None),
    )
    return select(Subscriber.id).where(receives, *which).order_by(Subscriber.id)
