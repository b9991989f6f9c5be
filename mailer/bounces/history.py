"""What came back of the letters to one person, and of one campaign."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, exists, func, select

from mailer.bounces.models import ProviderEvent
from mailer.consent.evidence import Kind as Told
from mailer.consent.models import ConsentState
from mailer.consent.states import ALL_LISTS
from mailer.db import db
from mailer.delivery.consequences import RETURNED, Consequence
from mailer.delivery.models import Delivery
from mailer.delivery.patience import SOFT_IN_A_ROW
from mailer.delivery.states import DeliveryState
from mailer.mail.returned import Kind
from mailer.subscriptions.models import Subscriber

# Servers try for that long before they give a mail back (RFC 5321, 4.5.4.1).
STILL_OUT = timedelta(days=5)
OURS = [reason for reason, meant in RETURNED.items() if meant is Consequence.STOP]
LEFT = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCERTAIN)


def in_a_row(subscriber_id: int, at: datetime) -> list[datetime]:
    """When the last letters came back, up to the last one that did not."""
    found = (
        select(Delivery.state, Delivery.at)
        .where(Delivery.subscriber_id == subscriber_id, Delivery.state.in_(LEFT))
        .where(~_was_restored_after(subscriber_id))
        .order_by(Delivery.id.desc())
        .limit(2 * SOFT_IN_A_ROW)
    )
    return list(_failed(db.session.execute(found).all(), at))


def _was_restored_after(subscriber_id: int) -> ColumnElement[bool]:
    """Whether staff has taken back what the mail before that had led to: it counts no more."""
    return (
        exists()
        .where(Subscriber.id == subscriber_id, Subscriber.fingerprint == ConsentState.fingerprint)
        .where(ConsentState.purpose == ALL_LISTS, ConsentState.kind == Told.RESTORED)
        .where(ConsentState.since >= Delivery.at)
    )


def _failed(newest: Sequence[Row[DeliveryState, datetime]], at: datetime) -> Iterator[datetime]:
    for state, when in newest:
        if state is DeliveryState.FAILED:
            yield when
        elif at - when > STILL_OUT:
            return


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


def left(campaign_id: int) -> int:
    """How many mails of the campaign have left."""
    found = select(func.count()).where(
        Delivery.campaign_id == campaign_id, Delivery.state.in_(LEFT)
    )
    return db.session.scalar(found) or 0
