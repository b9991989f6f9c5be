"""What came back of the letters to one person, and of one campaign."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select, true

from mailer.bounces import tables
from mailer.bounces.fates import LEFT, OURS, Fate
from mailer.bounces.models import ProviderEvent
from mailer.bounces.tables import Told
from mailer.consent.evidence import Kind as Happened
from mailer.consent.models import ConsentState
from mailer.consent.states import ALL_LISTS
from mailer.db import db
from mailer.delivery.models import Delivery
from mailer.delivery.states import DeliveryState
from mailer.mail.returned import Kind
from mailer.subscriptions.models import Subscriber

# Servers try for that long before they give a mail back (RFC 5321, 4.5.4.1).
STILL_OUT = timedelta(days=5)


def in_a_row(subscriber_id: int, at: datetime) -> list[datetime]:
    """When the letters came back that left after the last one that did not.

    Those that were refused because of who sends say nothing of the mailbox, nor does a report that
    anybody could have written.
    """
    theirs = Delivery.subscriber_id == subscriber_id
    last = tables.last_told(Kind.BOUNCE, theirs)
    found = (
        select(Delivery.at)
        .outerjoin(last, last.c.delivery_id == Delivery.id)
        .outerjoin(Told, Told.id == last.c.id)
        .where(theirs, Delivery.state == DeliveryState.FAILED)
        .where(Delivery.id > _last_arrived(subscriber_id, at))
        .where(or_(Told.id.is_(None), Told.is_proven == true()), tables.fate() != Fate.OURS.value)
        .where(~_is_taken_back())
    )
    return list(db.session.scalars(found).all())


def _last_arrived(subscriber_id: int, at: datetime) -> int:
    found = select(func.max(Delivery.id)).where(
        Delivery.subscriber_id == subscriber_id,
        Delivery.state.in_(LEFT),
        Delivery.state != DeliveryState.FAILED,
        Delivery.at < at - STILL_OUT,
    )
    return db.session.scalar(found) or 0


def was_restored_since(delivery_id: int) -> bool:
    """Whether staff decided to write to the address again after that mail came back."""
    found = select(Delivery.id).where(Delivery.id == delivery_id, _is_taken_back())
    return db.session.scalar(found) is not None


def _is_taken_back() -> ColumnElement[bool]:
    """Whether staff has taken back what the mail before that had led to: it counts no more."""
    return (
        exists()
        .where(Subscriber.id == Delivery.subscriber_id)
        .where(Subscriber.fingerprint == ConsentState.fingerprint)
        .where(ConsentState.purpose == ALL_LISTS, ConsentState.kind == Happened.RESTORED)
        .where(ConsentState.since >= Delivery.at)
    )


def refused_for_us(campaign_id: int) -> int:
    """How many mails of the campaign came back because of who sends them."""
    found = (
        select(func.count(ProviderEvent.delivery_id.distinct()))
        .join(Delivery, Delivery.id == ProviderEvent.delivery_id)
        .where(
            Delivery.campaign_id == campaign_id,
            ProviderEvent.kind == Kind.BOUNCE,
            ProviderEvent.is_proven,
            ProviderEvent.reason.in_(OURS),
        )
    )
    return db.session.scalar(found) or 0
