"""Taking people on: who is due is leased to one worker, after asking again whether they may be.

An address is read here, and nowhere else. Core statements only.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    exists,
    false,
    func,
    null,
    or_,
    select,
    update,
)

from mailer.addresses import domain_of
from mailer.consent.evidence import Kind as EvidenceKind
from mailer.consent.measurement import last_kind
from mailer.consent.tracking import Answers, Mode, What, answer_of
from mailer.db import among, db
from mailer.delivery import holding, pace, subjects
from mailer.delivery.batch import Batch, Claimed
from mailer.delivery.ledger import IS_UNCERTAIN, column, delivery, withhold
from mailer.delivery.models import Campaign
from mailer.delivery.states import DELIVERY, CampaignState, DeliveryEvent, target
from mailer.mail import allowances
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.pausing import Frequency
from mailer.subscriptions.reach import reached

LEASED = target(DELIVERY, DeliveryEvent.CLAIM)


def due(at: datetime) -> Sequence[int]:
    """The running campaigns that somebody is due a mail of."""
    somebody = exists().where(column.campaign_id == Campaign.id, column.next_at <= at)
    found = select(Campaign.id).where(Campaign.state == CampaignState.RUNNING, somebody)
    return db.session.scalars(found.order_by(Campaign.id)).all()


def is_somebody_due(at: datetime) -> bool:
    """Whether a turn would find somebody to write to; asking takes no lock."""
    return bool(due(at)) and holding.now_held(at) is None


def is_running(campaign_id: int) -> bool:
    """Whether nobody has paused or ended the campaign, and nothing has stopped it."""
    state = select(Campaign.state).where(Campaign.id == campaign_id)
    return db.session.scalar(state) is CampaignState.RUNNING


def next_due() -> datetime | None:
    """When somebody is due the next mail of a running campaign."""
    running = select(Campaign.id).where(Campaign.state == CampaignState.RUNNING)
    first: datetime | None = db.session.scalar(
        select(func.min(column.next_at)).where(
            column.campaign_id.in_(running), column.next_at < pace.UNDECIDED
        )
    )
    return first


def claim(campaign: Campaign, size: int, owner: str, at: datetime) -> Batch | None:
    """The next people to write to, leased to the owner; None when nobody is due.

    The rows are locked where they are read (SKIP LOCKED; on SQLite by the whole transaction), so
    that each has one owner. Who may no longer be written to is withheld.
    """
    is_running = exists().where(Campaign.id == campaign.id, Campaign.state == CampaignState.RUNNING)
    found = (
        _people(campaign)
        .add_columns(func.coalesce(reached(at), false()))
        .where(column.campaign_id == campaign.id, column.next_at <= at, is_running)
        .order_by(column.next_at, column.id)
        .limit(size)
        .with_for_update(skip_locked=True, of=delivery)
    )
    rows = db.session.connection().execute(found).all()
    if not rows:
        return None
    withhold([row.id for row in rows if not row[-1]], at)
    people = _granted([row for row in rows if row[-1]], at)
    _lease([person.delivery_id for person in people], owner, at)
    return Batch(campaign.id, people)


def _granted(rows: Sequence[Row[Any]], at: datetime) -> list[Claimed]:
    """Those whom a relay and the limits have room for; the others wait as long as they are told."""
    grants = allowances.grant([domain_of(row.address) for row in rows], at)
    waiting = defaultdict(list)
    for row, grant in zip(rows, grants, strict=True):
        if grant.until:
            waiting[grant.until].append(row.id)
    for until, numbers in waiting.items():
        _postpone(numbers, until)
    granted = zip(rows, grants, strict=True)
    return [_claimed(row, grant.relay, at) for row, grant in granted if not grant.until]


def leased(owner: str) -> list[Batch]:
    """What is still leased to that owner, campaign by campaign."""
    held = select(column.campaign_id).where(*_held_by(owner)).distinct()
    numbers = db.session.scalars(held.order_by(column.campaign_id)).all()
    return [_leased(db.session.get_one(Campaign, number), owner) for number in numbers]


def _leased(campaign: Campaign, owner: str) -> Batch:
    found = _people(campaign).where(column.campaign_id == campaign.id, *_held_by(owner))
    return Batch(
        campaign.id, [_claimed(row, "", None) for row in db.session.connection().execute(found)]
    )


def _held_by(owner: str) -> tuple[ColumnElement[bool], ...]:
    # By the two indexes of the few such rows. A lease may have ended before its journal was found.
    is_open = or_(column.lease_until.is_not(None), IS_UNCERTAIN)
    return is_open, column.lease_owner == owner


def _people(campaign: Campaign) -> Select[Any]:
    """The mails of a campaign beside those they are for, who may be nobody any more."""
    is_measured = campaign.tracking is not Mode.NONE
    answers = [last_kind(Subscriber.fingerprint, what) if is_measured else null() for what in What]
    return (
        select(
            column.id,
            Subscription.id,
            Subscriber.address,
            func.coalesce(Subscriber.fingerprint, ""),
            column.attempts,
            func.coalesce(Subscription.confirmed_at, Subscription.requested_at),
            *answers,
            func.coalesce(Subscriber.language, ""),
            func.coalesce(Subscription.frequency, Frequency.EACH),
            func.coalesce(column.variant, subjects.winner_of(campaign.id)).label("variant"),
        )
        .select_from(delivery)
        .outerjoin(Subscriber, Subscriber.id == column.subscriber_id)
        .outerjoin(
            Subscription,
            and_(
                Subscription.subscriber_id == Subscriber.id,
                Subscription.list_id == campaign.list_id,
            ),
        )
    )


def _claimed(row: Row[Any], relay: str, at: datetime | None) -> Claimed:
    return Claimed._make((*row[:6], _answers(*row[6:8]), *row[8:10], relay, at, row.variant))


@lru_cache(maxsize=64)
def _answers(*kinds: EvidenceKind | None) -> Answers:
    return Answers(*map(answer_of, kinds))


def _postpone(numbers: Sequence[int], until: datetime) -> None:
    db.session.execute(update(delivery).where(among(column.id, numbers)).values(next_at=until))


def _lease(numbers: Sequence[int], owner: str, at: datetime) -> None:
    values = {"lease_owner": owner, "lease_until": at + pace.LEASE, "next_at": None, "at": at}
    db.session.execute(
        update(delivery).where(among(column.id, numbers)).values(state=LEASED, **values)
    )
