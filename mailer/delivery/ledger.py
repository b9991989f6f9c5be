"""The ledger: freeze an audience, record what became of each mail. Core statements only.

Claims stand in claims.py; the states and their moves in states.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    exists,
    insert,
    literal,
    literal_column,
    or_,
    select,
    update,
)

from mailer.db import Base, among, be_unhurried, db
from mailer.delivery import audience, corrections, pace, subjects
from mailer.delivery.batch import Result
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import (
    DELIVERY,
    CampaignState,
    DeliveryEvent,
    DeliveryState,
    sources,
    target,
)
from mailer.newsletters import digest_queries, sent_articles

delivery: Table = Base.metadata.tables[Delivery.__tablename__]
column = delivery.c

# Spelled out, for a parameter would hide from the planner that the index of these rows is enough.
IS_UNCERTAIN = column.state == literal_column(f"'{DeliveryState.UNCERTAIN}'")

WITHHELD = target(DELIVERY, DeliveryEvent.WITHHOLD)


def freeze(campaign: Campaign, at: datetime) -> None:
    """Promise the letter to everyone it is for, in one statement; a second time adds nothing."""
    promised = exists().where(column.campaign_id == campaign.id)
    rows = subjects.dealt(campaign, _audience(campaign, at), at).add_columns(
        literal(campaign.id),
        literal(DeliveryState.QUEUED, column.state.type),
        literal(0),
        literal(at, column.at.type),
    )
    names = ["subscriber_id", "variant", "next_at", "campaign_id", "state", "attempts", "at"]
    statement = insert(delivery).from_select(names, rows.where(~promised))
    db.session.execute(statement)


def _audience(campaign: Campaign, at: datetime) -> Select[Any]:
    if campaign.corrects is not None:
        return corrections.readers(campaign.list_id, campaign.corrects, at)
    readers = digest_queries.readership(campaign.issue_id)
    people = audience.wanting(campaign.list_id, at, readers, campaign.where)
    if readers is None:
        return people
    # Who went from one frequency to another may have had all of it in the letters of the other.
    articles = sent_articles.of_letter(campaign.issue_id)
    return people.where(
        ~audience.has_had_all(campaign.list_id, [article.key for article in articles])
    )


def add(campaign_id: int, people: Select[int], at: datetime) -> None:
    """Promise the letter to these as well, in one statement; none of them was promised it."""
    rows = people.add_columns(
        literal(campaign_id),
        literal(DeliveryState.QUEUED, column.state.type),
        literal(0),
        literal(at, column.next_at.type),
        literal(at, column.at.type),
    )
    names = ["subscriber_id", "campaign_id", "state", "attempts", "next_at", "at"]
    db.session.execute(insert(delivery).from_select(names, rows))


def record(owner: str, results: Iterable[Result], at: datetime) -> None:
    """Write what became of mails: one statement for each different result, and there are few."""
    alike: dict[tuple[DeliveryEvent, str | None, datetime | None], list[int]] = defaultdict(list)
    for number, event, status, next_at in results:
        alike[event, status, next_at].append(number)
    for (event, status, next_at), numbers in alike.items():
        db.session.execute(
            update(delivery)
            .where(
                among(column.id, numbers),
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


def bounce(number: int, status: str, at: datetime) -> bool:
    """Write that a mail that had left came back; whether it was known to have left."""
    event = DeliveryEvent.BOUNCE
    written = db.session.connection().execute(
        update(delivery)
        .where(column.id == number, column.state.in_(sources(DELIVERY, event)))
        .values(state=target(DELIVERY, event), status=status or None, at=at)
    )
    return bool(written.rowcount)


def lose_expired(at: datetime) -> None:
    """What a vanished worker had taken is uncertain: it may have left."""
    event = DeliveryEvent.LOSE
    db.session.execute(
        update(delivery)
        .where(column.lease_until < at)
        .values(state=target(DELIVERY, event), lease_until=None, at=at)
    )


def withhold(numbers: Sequence[int], at: datetime) -> None:
    """Send these nothing: they may no longer be written to."""
    db.session.execute(
        update(delivery)
        .where(among(column.id, numbers))
        .values(state=WITHHELD, next_at=None, at=at)
    )


def withhold_rest(campaign_id: int, at: datetime) -> None:
    """Nothing more leaves for this campaign."""
    be_unhurried()
    _withhold_waiting(at, column.campaign_id == campaign_id)


def withhold_late(campaign_id: int, before: datetime, at: datetime) -> None:
    """Nothing more leaves for this campaign to those who have waited since before that time."""
    _withhold_waiting(at, column.campaign_id == campaign_id, column.at < before)


def release(campaign_id: int, at: datetime) -> None:
    """Let everyone be served who waited for the choice of a subject; nobody a second time."""
    be_unhurried()
    db.session.execute(
        update(delivery)
        .where(column.campaign_id == campaign_id, column.next_at == pace.UNDECIDED)
        .values(next_at=at)
    )


def untry(campaign_id: int, at: datetime) -> None:
    """Have no trial among so few: nobody has got anything yet, and all get the same."""
    db.session.execute(
        update(delivery)
        .where(column.campaign_id == campaign_id, column.state == DeliveryState.QUEUED)
        .values(variant=None, next_at=at)
    )


def withhold_cancelled(at: datetime) -> None:
    """Nothing leaves for any campaign that was ended, whatever came back to it since."""
    ended = select(Campaign.id).where(Campaign.state == CampaignState.CANCELLED)
    _withhold_waiting(at, column.campaign_id.in_(ended))


def _withhold_waiting(at: datetime, *which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(delivery)
        .where(column.next_at.is_not(None), *which)
        .values(state=WITHHELD, next_at=None, at=at)
    )


def is_done(campaign_id: int) -> bool:
    """Whether nobody of the campaign is waiting for a mail or being written to."""
    of_campaign = column.campaign_id == campaign_id
    to_do = exists().where(of_campaign, column.next_at.is_not(None))
    leased = exists().where(of_campaign, column.lease_until.is_not(None))
    return not db.session.scalar(select(or_(to_do, leased)))
