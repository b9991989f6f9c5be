"""What became of each mail that left, in SQL: the rows that every count of returns is made from."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from mailer.bounces import mailboxes
from mailer.bounces.fates import BY_CONSEQUENCE, CODES, GONE, LEFT, OURS, Fate
from mailer.bounces.models import ProviderEvent
from mailer.delivery.consequences import REJECTED
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import DeliveryState
from mailer.mail.returned import Kind
from mailer.subscriptions.models import Subscriber

# The last report on a mail tells more than the first.
Told = aliased(ProviderEvent)


def mails(which: ColumnElement[bool]) -> Subquery:
    """The mails of those campaigns that left: campaign, domain, fate, reason, code, complaint."""
    last, complained = last_told(Kind.BOUNCE, which), last_told(Kind.COMPLAINT, which)
    found: Select[Any] = (
        select(
            Delivery.campaign_id,
            domain().label("domain"),
            fate().label("fate"),
            Told.reason,
            # The report says it better than the code, where there is one.
            case((Told.id.is_(None), Delivery.status)).label("status"),
            case((complained.c.id.is_not(None), 1), else_=0).label("complaint"),
        )
        .join(Campaign, Campaign.id == Delivery.campaign_id)
        .outerjoin(Subscriber, Subscriber.id == Delivery.subscriber_id)
        .outerjoin(last, last.c.delivery_id == Delivery.id)
        .outerjoin(Told, Told.id == last.c.id)
        .outerjoin(complained, complained.c.delivery_id == Delivery.id)
        .where(Delivery.state.in_(LEFT), which)
    )
    return found.subquery()


def last_told(kind: Kind, which: ColumnElement[bool]) -> Subquery:
    """The last event of that kind for each of those mails, and no look at all the others."""
    those = select(Delivery.id).join(Campaign, Campaign.id == Delivery.campaign_id).where(which)
    return (
        select(ProviderEvent.delivery_id, func.max(ProviderEvent.id).label("id"))
        .where(ProviderEvent.kind == kind, ProviderEvent.delivery_id.in_(those))
        .group_by(ProviderEvent.delivery_id)
        .subquery()
    )


def fate() -> ColumnElement[str]:
    """What became of the mail, by what came back, else by the code of the answer."""
    is_believed = Told.is_proven == true()
    lasts = or_(Told.is_permanent.is_(None), Told.is_permanent == true())
    return case(
        (Delivery.state != DeliveryState.FAILED, literal(Fate.ARRIVED.value)),
        (and_(is_believed, lasts, Told.reason.in_(GONE)), literal(Fate.DEAD.value)),
        (and_(is_believed, Told.reason.in_(OURS)), literal(Fate.OURS.value)),
        (Told.id.is_not(None), literal(Fate.SOFT.value)),
        *_by_code(),
        else_=literal(Fate.SOFT.value),
    )


def _by_code() -> Iterator[tuple[ColumnElement[bool], ColumnElement[str]]]:
    """The refusals during the dialogue, by the table that decided about them."""
    for code in CODES:
        meant = literal(BY_CONSEQUENCE[REJECTED[code]].value)
        yield or_(Delivery.status == code, Delivery.status.startswith(f"{code}.")), meant


def domain() -> ColumnElement[str]:
    """The domain of the address, empty once its person is erased.

    Stripping all its characters but the @ from the right leaves what is before the domain: both
    databases know these functions, and no other for it.
    """
    address = Subscriber.address
    local = func.rtrim(address, func.replace(address, "@", ""))
    return func.coalesce(func.lower(func.replace(address, local, "")), "")


def provider(name: SQLColumnExpression[str]) -> ColumnElement[str]:
    """The provider of that domain's mailboxes, as mailboxes.provider says it."""
    known = (
        (name.in_(domains), literal(provider)) for provider, domains in mailboxes.PROVIDERS.items()
    )
    yahoo = (name.startswith(mailboxes.YAHOO_BEGINS), literal(mailboxes.YAHOO))
    return case(*known, yahoo, else_=name)
