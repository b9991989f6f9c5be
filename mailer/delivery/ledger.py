"""The ledger: freeze an audience, claim a batch, record what became of it. Core statements only.

An address is read at the claim, and nowhere else; the states and their moves stand in states.py.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Table,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from mailer.consent.measurement import last_kind
from mailer.consent.tracking import Answers, What, answer_of
from mailer.db import Base, db
from mailer.delivery import audience, pace
from mailer.delivery.batch import Batch, Claimed, Result
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import (
    DELIVERY,
    CampaignState,
    DeliveryEvent,
    DeliveryState,
    sources,
    target,
)
from mailer.subscriptions.models import Subscriber, Subscription

delivery: Table = Base.metadata.tables[Delivery.__tablename__]
column = delivery.c

CLAIMED = target(DELIVERY, DeliveryEvent.CLAIM)
WITHHELD = target(DELIVERY, DeliveryEvent.WITHHOLD)


def freeze(campaign: Campaign, at: datetime) -> None:
    """Promise the letter to everyone it is for, in one statement; a second time adds nothing."""
    promised = exists().where(column.campaign_id == campaign.id)
    rows = audience.wanting(campaign.list_id, at).add_columns(
        literal(campaign.id),
        literal(DeliveryState.QUEUED, column.state.type),
        literal(0),
        literal(at, column.at.type),
        literal(at, column.at.type),
    )
    names = ["subscriber_id", "campaign_id", "state", "attempts", "next_at", "at"]
    statement = insert(delivery).from_select(names, rows.where(~promised))
    db.session.execute(statement)


def claim(campaign: Campaign, size: int, at: datetime) -> Batch | None:
    """The next people to write to, leased to the caller; None when nobody is due.

    One statement asks again whether each may be written to; who may no longer is withheld.
    """
    owner = secrets.token_hex(8)
    may_receive = _may_receive(campaign, at)
    due = (
        select(
            column.id,
            case((may_receive, CLAIMED), else_=WITHHELD).label("state"),
            case((may_receive, at + pace.LEASE), else_=None).label("lease_until"),
        )
        .where(column.campaign_id == campaign.id, column.next_at <= at, _is_running(campaign))
        .order_by(column.next_at, column.id)
        .limit(size)
        .with_for_update(skip_locked=True, of=delivery)
        .cte("due")
    )
    taken = db.session.execute(
        update(delivery)
        .where(column.id == due.c.id)
        .values(
            state=due.c.state,
            lease_until=due.c.lease_until,
            lease_owner=owner,
            next_at=None,
            at=at,
        )
        .returning(column.subscriber_id, column.id, column.attempts, column.state)
    ).all()
    leased = {row.subscriber_id: (row.id, row.attempts) for row in taken if row.state == CLAIMED}
    return Batch(owner, _people(campaign, leased)) if taken else None


def record(owner: str, results: Iterable[Result], at: datetime) -> None:
    """Write what became of a batch: one statement for each different result, and there are few."""
    alike: dict[tuple[DeliveryEvent, str | None, datetime | None], list[int]] = defaultdict(list)
    for result in results:
        alike[result.event, result.status, result.next_at].append(result.delivery_id)
    for (event, status, next_at), numbers in alike.items():
        db.session.execute(
            update(delivery)
            .where(
                column.id.in_(numbers),
                column.lease_owner == owner,
                column.state.in_(sources(DELIVERY, event)),
            )
            .values(
                state=target(DELIVERY, event),
                status=status,
                next_at=next_at,
                attempts=column.attempts + int(event is not DeliveryEvent.RELEASE),
                lease_until=None,
                at=at,
            )
        )


def lose_expired(at: datetime) -> None:
    """What a dead worker had taken is uncertain: it may have left, so it is not sent again."""
    event = DeliveryEvent.LOSE
    db.session.execute(
        update(delivery)
        .where(column.lease_until < at)
        .values(state=target(DELIVERY, event), lease_until=None, at=at)
    )


def withhold_rest(campaign_id: int, at: datetime) -> None:
    """Nothing more leaves for this campaign."""
    db.session.execute(
        update(delivery)
        .where(column.campaign_id == campaign_id, column.next_at.is_not(None))
        .values(state=WITHHELD, next_at=None, at=at)
    )


def is_done(campaign_id: int) -> bool:
    """Whether nobody of the campaign is waiting for a mail or being written to."""
    of_campaign = column.campaign_id == campaign_id
    to_do = exists().where(of_campaign, column.next_at.is_not(None))
    leased = exists().where(of_campaign, column.lease_until.is_not(None))
    return not db.session.scalar(select(or_(to_do, leased)))


def _is_running(campaign: Campaign) -> ColumnElement[bool]:
    return exists().where(Campaign.id == campaign.id, Campaign.state == CampaignState.RUNNING)


def _may_receive(campaign: Campaign, at: datetime) -> ColumnElement[bool]:
    asked = audience.members(campaign.list_id, at).where(Subscriber.id == column.subscriber_id)
    return asked.correlate(delivery).exists()


def _people(campaign: Campaign, leased: Mapping[int, tuple[int, int]]) -> list[Claimed]:
    found = (
        select(
            Subscriber.id,
            Subscription.id,
            Subscriber.address,
            Subscriber.fingerprint,
            func.coalesce(Subscription.confirmed_at, Subscription.requested_at),
            last_kind(Subscriber.fingerprint, What.OPENS),
            last_kind(Subscriber.fingerprint, What.CLICKS),
        )
        .join(Subscriber, Subscriber.id == Subscription.subscriber_id)
        .where(Subscription.list_id == campaign.list_id, Subscription.subscriber_id.in_(leased))
    )
    people = []
    for person, subscription, address, fingerprint, joined, *kinds in db.session.execute(found):
        number, attempts = leased[person]
        answers = Answers(*(answer_of(kind) for kind in kinds))
        people.append(
            Claimed(number, subscription, address, fingerprint, attempts, joined, answers)
        )
    return people
