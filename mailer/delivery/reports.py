"""What became of a campaign, counted from the ledger."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask_babel import LazyString
from sqlalchemy import BigInteger, Select, and_, case, cast, func, literal, select, tuple_

from mailer.accounts import queries as accounts
from mailer.audit import queries as audit
from mailer.audit.models import Entry
from mailer.consent.models import ConsentEvent
from mailer.consent.queries import sendable
from mailer.db import db
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import TO_DO, CampaignEvent, CampaignState, DeliveryState
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.states import State
from mailer.web.pages import PAGE_ROWS, Page, page_of

MINUTE = timedelta(minutes=1)
# What a mail of the present speed ends in.
SETTLED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCERTAIN)

# How leaving by the link of a mail is remembered (ConsentEvent.origin).
ORIGIN = "delivery:"
# The mail that a proof came by: looked for by its number, of which there is an index.
TOLD_OF = case(
    (
        ConsentEvent.origin.like(f"{ORIGIN}%"),
        cast(func.substr(ConsentEvent.origin, len(ORIGIN) + 1), BigInteger),
    )
)


class Withheld(StrEnum):
    """Why somebody was not written to after all."""

    OBJECTED = "objected"
    LEFT = "left"
    ERASED = "erased"
    STOPPED = "stopped"
    OTHER = "other"


@dataclass(frozen=True)
class Counts:
    """How many mails are in each state, and why those that failed did, by status code."""

    states: Mapping[DeliveryState, int]
    failures: Mapping[str, int]

    def of(self, *states: DeliveryState) -> int:
        return sum(self.states.get(state, 0) for state in states)

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def left(self) -> int:
        """Those that still have to leave or are leaving."""
        return self.of(*TO_DO, DeliveryState.LEASED)

    @property
    def done(self) -> int:
        return self.total - self.left


def counts(campaign_ids: Iterable[int]) -> dict[int, Counts]:
    """The counts of each campaign, in one statement; a campaign without mails counts nothing."""
    numbers = list(campaign_ids)
    found = (
        select(Delivery.campaign_id, Delivery.state, Delivery.status, func.count())
        .where(Delivery.campaign_id.in_(numbers))
        .group_by(Delivery.campaign_id, Delivery.state, Delivery.status)
    )
    states: dict[int, Counter[DeliveryState]] = {number: Counter() for number in numbers}
    failures: dict[int, Counter[str]] = {number: Counter() for number in numbers}
    for number, state, status, how_many in db.session.execute(found):
        states[number][state] += how_many
        if state is DeliveryState.FAILED:
            failures[number][status or ""] += how_many
    return {number: Counts(states[number], failures[number]) for number in numbers}


def next_attempt(campaign_id: int) -> datetime | None:
    """When the first of the deferred mails is tried again."""
    found = select(func.min(Delivery.next_at)).where(
        Delivery.campaign_id == campaign_id, Delivery.state == DeliveryState.DEFERRED
    )
    return db.session.scalar(found)


def recent(limit: int) -> Sequence[Campaign]:
    """The newest campaigns."""
    return db.session.scalars(_newest().limit(limit)).all()


def page(before: int | None) -> Page[Campaign]:
    """The campaigns, the last to leave first; `before` is the key of the page above."""
    wanted = _newest()
    if before is not None:
        key = tuple_(Campaign.starts_at, Campaign.id)
        last = select(Campaign.starts_at, Campaign.id).where(Campaign.id == before).subquery()
        wanted = wanted.where(key < select(*last.c).scalar_subquery())
    rows = db.session.scalars(wanted.limit(PAGE_ROWS + 1)).all()
    return page_of(rows, [row.id for row in rows])


def _newest() -> Select[Campaign]:
    return select(Campaign).order_by(Campaign.starts_at.desc(), Campaign.id.desc())


@dataclass(frozen=True)
class Pause:
    """Who paused a campaign, "" when that was no person, and since when."""

    by: str | LazyString
    at: datetime


def pause(campaign: Campaign) -> Pause | None:
    """The pause that the campaign is in, as the audit record tells it."""
    if campaign.state is not CampaignState.PAUSED:
        return None
    entry = _last(campaign, CampaignEvent.PAUSE)
    if entry is None:
        return None
    return Pause(accounts.shown([entry.actor]).get(entry.actor, ""), entry.at)


def _last(campaign: Campaign, event: CampaignEvent) -> Entry | None:
    history = audit.history_of(f"campaign:{campaign.id}")
    return next((each for each in reversed(history) if each.verb == event), None)


def under_way_since(campaign: Campaign, at: datetime) -> datetime | None:
    """Since when it leaves without a break: its start, or the end of its last pause or wait."""
    if campaign.started_at is None:
        return None
    resumed = _last(campaign, CampaignEvent.RESUME)
    ends = (campaign.starts_at, campaign.retry_at, resumed.at if resumed else None)
    return max([campaign.started_at, *(end for end in ends if end and end <= at)])


def speed(campaign: Campaign, at: datetime) -> float:
    """How many mails a second were settled in the last minute, breaks left out."""
    began = under_way_since(campaign, at)
    if began is None:
        return 0
    since = max(began, at - MINUTE)
    found = select(func.count()).where(
        Delivery.campaign_id == campaign.id, Delivery.at > since, Delivery.state.in_(SETTLED)
    )
    seconds = max((at - since).total_seconds(), 1)
    return (db.session.scalar(found) or 0) / seconds


def time_left(counted: Counts, speed: float) -> timedelta | None:
    """How long the rest takes at that many a second; None while there is nothing to tell it by."""
    leaving = counted.of(DeliveryState.QUEUED, DeliveryState.LEASED)
    return timedelta(seconds=leaving / speed) if leaving and speed else None


def forecast(people: int) -> timedelta | None:
    """How long so many mails take at the pace of the last campaign; None before there was one."""
    found = (
        select(Campaign.ended_at, Campaign.started_at, func.count())
        .join(Delivery, Delivery.campaign_id == Campaign.id)
        .where(Campaign.state == CampaignState.FINISHED, Delivery.state.in_(SETTLED))
        .group_by(Campaign.id)
        .order_by(Campaign.ended_at.desc())
        .limit(1)
    )
    last = db.session.execute(found).first()
    if last is None or last[0] is None or last[1] is None:
        return None
    return max(last[0] - last[1], timedelta(seconds=1)) * people / last[2]


def withheld(campaign_id: int) -> Mapping[Withheld, int]:
    """Why people were not written to after all, as far as it is known today, and how many."""
    why = case(
        (Delivery.subscriber_id.is_(None), literal(Withheld.ERASED)),
        (Delivery.at == Campaign.ended_at, literal(Withheld.STOPPED)),
        (~sendable(Subscriber.fingerprint), literal(Withheld.OBJECTED)),
        (Subscription.state == State.ACTIVE, literal(Withheld.OTHER)),
        else_=literal(Withheld.LEFT),
    )
    found = (
        select(why, func.count())
        .select_from(Delivery)
        .join(Campaign, Campaign.id == Delivery.campaign_id)
        .outerjoin(Subscriber, Subscriber.id == Delivery.subscriber_id)
        .outerjoin(
            Subscription,
            and_(
                Subscription.subscriber_id == Subscriber.id,
                Subscription.list_id == Campaign.list_id,
            ),
        )
        .where(Delivery.campaign_id == campaign_id, Delivery.state == DeliveryState.WITHHELD)
        .group_by(why)
    )
    return {Withheld(reason): count for reason, count in db.session.execute(found)}
