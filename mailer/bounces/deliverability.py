"""How letters fare with each provider of mailboxes, by the campaign that they were of.

One statement: the provider's name and what became of the mail are told in SQL, and counted there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, func, literal, select

from mailer.bounces import mailboxes, tables
from mailer.bounces.fates import LEFT
from mailer.db import db
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import DeliveryState
from mailer.mail.returned import Kind
from mailer.subscriptions.models import Subscriber

# The mailboxes of no large provider, and those whose person was erased since.
OTHERS, ERASED = "*", ""


@dataclass(frozen=True)
class Count:
    """What became of the mails of one campaign to one provider."""

    provider: str
    began: datetime
    delivered: int
    # To be tried again: nobody knows yet.
    deferred: int
    # During the dialogue: nothing was taken.
    refused: int
    # Taken, and sent back afterwards.
    bounced: int
    complaints: int


def counts(since: datetime) -> Sequence[Count]:
    """Each campaign since then with each provider, the oldest first."""
    mails = _mails(since).subquery()
    sums = (
        select(mails.c.provider, mails.c.campaign_id, *_sums(mails.c))
        .group_by(mails.c.provider, mails.c.campaign_id)
        .subquery()
    )
    numbers = (sums.c.delivered, sums.c.deferred, sums.c.refused, sums.c.bounced)
    found = (
        select(sums.c.provider, Campaign.started_at, *numbers, sums.c.complaints)
        .join(Campaign, Campaign.id == sums.c.campaign_id)
        .order_by(Campaign.started_at, sums.c.provider)
    )
    return [Count(*row) for row in db.session.execute(found)]


def _mails(since: datetime) -> Select[Any]:
    which = Campaign.started_at >= since
    back, complained = (tables.last_told(kind, which) for kind in (Kind.BOUNCE, Kind.COMPLAINT))
    is_failed = Delivery.state == DeliveryState.FAILED
    what = case(
        (Delivery.state == DeliveryState.DEFERRED, literal("deferred")),
        (and_(is_failed, back.c.id.is_not(None)), literal("bounced")),
        (is_failed, literal("refused")),
        else_=literal("delivered"),
    )
    return (
        select(
            family(tables.domain()).label("provider"),
            Delivery.campaign_id,
            what.label("what"),
            case((complained.c.id.is_not(None), 1), else_=0).label("complaint"),
        )
        .join(Campaign, Campaign.id == Delivery.campaign_id)
        .outerjoin(Subscriber, Subscriber.id == Delivery.subscriber_id)
        .outerjoin(back, back.c.delivery_id == Delivery.id)
        .outerjoin(complained, complained.c.delivery_id == Delivery.id)
        .where(Delivery.state.in_((*LEFT, DeliveryState.DEFERRED)), which)
    )


def _sums(mails: Any) -> Sequence[ColumnElement[int]]:
    names = ("delivered", "deferred", "refused", "bounced")
    each = [func.sum(case((mails.what == name, 1), else_=0)).label(name) for name in names]
    return [*each, func.sum(mails.complaint).label("complaints")]


def family(domain: SQLColumnExpression[str]) -> ColumnElement[str]:
    """The large provider of that domain's mailboxes; all the others are one."""
    known = ((domain.in_(theirs), literal(name)) for name, theirs in mailboxes.PROVIDERS.items())
    yahoo = (domain.startswith(mailboxes.YAHOO_BEGINS), literal(mailboxes.YAHOO))
    return case(*known, yahoo, (domain == "", literal(ERASED)), else_=literal(OTHERS))
