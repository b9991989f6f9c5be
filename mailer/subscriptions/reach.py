"""Whom a list may write to now: asked when people are counted, and at each claim of a mail."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_

from mailer.consent.queries import sendable
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.states import State


def reached(at: datetime) -> ColumnElement[bool]:
    """Whether a subscription, joined to its subscriber, may be written to at that time."""
    return and_(
        Subscription.state == State.ACTIVE, sendable(Subscriber.fingerprint), ~is_paused(at)
    )


def is_paused(at: datetime) -> ColumnElement[bool]:
    """Whether the person asked for silence until later than that; it ends by itself."""
    return and_(Subscriber.paused_until.is_not(None), Subscriber.paused_until > at)
