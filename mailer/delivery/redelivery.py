"""Those who may have got nothing: written to once more, when somebody or a setting says so.

Nobody else ever is: each statement names the one state that it takes people out of.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import (
    ColumnElement,
    Select,
    case,
    exists,
    func,
    select,
    update,
)

from mailer.audit import operations as audit
from mailer.consent.queries import restricted
from mailer.db import db
from mailer.delivery import campaigns, pace
from mailer.delivery.ledger import IS_UNCERTAIN, column, delivery
from mailer.delivery.models import Campaign
from mailer.delivery.states import (
    DELIVERY,
    CampaignState,
    DeliveryEvent,
    DeliveryState,
    sources,
    target,
)
from mailer.subscriptions.models import Subscriber
from mailer.web.pages import PAGE_ROWS, Page

# RFC 5321 4.5.3.2.6: the relay may take 10 minutes to answer the last dot.
DOUBT = timedelta(minutes=15)
# What is older was decided by a person, or by letting it be.
SETTLED = timedelta(days=1)

IS_DEFERRED = column.state == DeliveryState.DEFERRED
# Given up after days of "come back later" (RFC 3463: class 4); a refusal is of class 5.
IS_UNANSWERED = column.state.in_(sources(DELIVERY, DeliveryEvent.REVIVE)) & column.status.like(
    "4.%"
)
# Offered once: a mail that got lost twice would be lost again.
IS_IN_DOUBT = IS_UNCERTAIN & (column.repeats == 0)
WHO = {DeliveryEvent.REVIVE: IS_UNANSWERED, DeliveryEvent.REPEAT: IS_IN_DOUBT}


@dataclass(frozen=True)
class Offer:
    """How many each of the three buttons would write to."""

    deferred: int
    unanswered: int
    uncertain: int


@dataclass(frozen=True)
class Doubt:
    """One mail of which nobody knows whether it came."""

    delivery_id: int
    address: str | None
    at: datetime
    repeats: int


def offered(campaign_id: int) -> Offer:
    """Whom the campaign could write to once more, in one statement."""
    found = select(
        func.count(case((IS_DEFERRED, 1))),
        func.count(case((IS_UNANSWERED, 1))),
        func.count(case((IS_IN_DOUBT, 1))),
    )
    return Offer(*db.session.execute(found.where(_of(campaign_id))).one())


def hasten(campaign_id: int, actor: str, at: datetime) -> int:
    """Try those again now who were to be tried later; says how many."""
    campaigns.locked(campaign_id)
    statement = (
        update(delivery)
        .where(_of(campaign_id), IS_DEFERRED, column.next_at > at)
        .values(next_at=at)
    )
    hastened = db.session.connection().execute(statement).rowcount
    if hastened:
        audit.record(actor, "hasten", f"campaign:{campaign_id}")
        campaigns.go_on(campaigns.by_id(campaign_id), at)
    return hastened


def revive(campaign_id: int, actor: str, at: datetime) -> int:
    """Queue those whose mail was given up after deferrals; says how many."""
    return _queue(campaign_id, DeliveryEvent.REVIVE, actor, at)


def repeat(campaign_id: int, actor: str, at: datetime) -> int:
    """Queue those of whose mail nobody knows whether it came; says how many."""
    return _queue(campaign_id, DeliveryEvent.REPEAT, actor, at)


def repeat_old(at: datetime) -> None:
    """Queue by itself, once, what has been in doubt for a while; only where the setting says so."""
    if not current_app.config["REDELIVER_UNCERTAIN"]:
        return
    since = (column.at <= at - DOUBT) & (column.at > at - SETTLED)
    found = (
        select(Campaign)
        .where(
            Campaign.state != CampaignState.CANCELLED,
            exists().where(column.campaign_id == Campaign.id, IS_IN_DOUBT, since),
        )
        .with_for_update(skip_locked=True)
    )
    for campaign in db.session.scalars(found).all():
        _set(campaign.id, DeliveryEvent.REPEAT, IS_IN_DOUBT & since, at)
        audit.record(campaigns.WORKER, "repeat", f"campaign:{campaign.id}")
        campaigns.go_on(campaign, at)


def uncertain(campaign_id: int, after: int) -> Page[Doubt]:
    """A page of the mails of which nobody knows whether they came."""
    rows = [Doubt(*row) for row in db.session.execute(_doubts(campaign_id, after))]
    following = rows[PAGE_ROWS - 1].delivery_id if len(rows) > PAGE_ROWS else None
    return Page(rows[:PAGE_ROWS], following)


def _doubts(campaign_id: int, after: int) -> Select[int, str, datetime, int]:
    return (
        select(column.id, Subscriber.address, column.at, column.repeats)
        .outerjoin(Subscriber, Subscriber.id == column.subscriber_id)
        .where(
            column.campaign_id == campaign_id,
            IS_UNCERTAIN,
            column.id > after,
            ~restricted(Subscriber.fingerprint),
        )
        .order_by(column.id)
        .limit(PAGE_ROWS + 1)
    )


def _queue(campaign_id: int, event: DeliveryEvent, actor: str, at: datetime) -> int:
    campaign = campaigns.locked(campaign_id)
    queued = _set(campaign_id, event, WHO[event], at)
    if queued:
        audit.record(actor, event.value, f"campaign:{campaign_id}")
        campaigns.go_on(campaign, at + pace.HOLD)
    return queued


def _set(campaign_id: int, event: DeliveryEvent, who: ColumnElement[bool], at: datetime) -> int:
    """The retries begin anew; the owner of the lost lease has no more say in it."""
    is_repeat = int(event is DeliveryEvent.REPEAT)
    statement = (
        update(delivery)
        .where(_of(campaign_id), who)
        .values(
            state=target(DELIVERY, event),
            repeats=column.repeats + is_repeat,
            attempts=0,
            status=None,
            lease_owner=None,
            next_at=at,
            at=at,
        )
    )
    return db.session.connection().execute(statement).rowcount


def _of(campaign_id: int) -> ColumnElement[bool]:
    """The mails of the campaign to people whom we still know."""
    return (column.campaign_id == campaign_id) & column.subscriber_id.is_not(None)
