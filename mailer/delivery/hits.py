"""Hits on what a mail holds: the decision is asked again, and what it forbids leaves no trace."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, text

from mailer.clock import paris_day
from mailer.consent.measurement import last_kind
from mailer.consent.tracking import Answers, Mode, What, answer_of
from mailer.db import UTCDateTime, db
from mailer.delivery import audience, measuring
from mailer.delivery.engagement import MeasuredLink
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import DeliveryState
from mailer.delivery.tracking import OPENED
from mailer.delivery.visits import Visit, is_too_soon
from mailer.errors import NotFound
from mailer.subscriptions.models import Subscriber
from mailer.tokens import MEASURE

COUNT = text(
    "INSERT INTO daily_hits (campaign_id, position, day, hits)"
    " VALUES (:campaign_id, :position, :day, 1)"
    " ON CONFLICT (campaign_id, position, day) DO UPDATE SET hits = daily_hits.hits + 1"
)
# A mail opened in two programs at midnight must not bring the day back.
OVERWRITE = text(
    "INSERT INTO last_open (subscriber_id, day) VALUES (:subscriber_id, :day)"
    " ON CONFLICT (subscriber_id) DO UPDATE SET day = excluded.day"
    " WHERE excluded.day > last_open.day"
)
NOTE = text(
    "INSERT INTO hit (delivery_id, subscriber_id, position, at)"
    " VALUES (:delivery_id, :subscriber_id, :position, :at)"
    " ON CONFLICT (delivery_id, position) DO NOTHING"
).bindparams(bindparam("at", type_=UTCDateTime()))


@dataclass(frozen=True)
class Source:
    """What a measured address stands for: a campaign, the same for all, or one mail of it."""

    is_shared: bool
    number: int


def source_of(token: str) -> Source:
    """What the address stands for; raises Invalid when it is not ours."""
    name = MEASURE.read(token)
    return Source(name[0] == "c", int(name[1:]))


def note(source: Source, position: int, visit: Visit) -> None:
    """Count the hit as far as it may be counted now."""
    if source.is_shared:
        _count(source.number, position, visit)
    else:
        _note(source.number, position, visit)


def target(source: Source, position: int) -> str:
    """Where the link leads, from what was stored of the letter alone; raises NotFound."""
    of_campaign = source.number if source.is_shared else _campaign_of(source.number)
    found = db.session.get(MeasuredLink, (of_campaign, position)) if of_campaign else None
    if found is None:
        raise NotFound("measured link")
    return found.url


def _campaign_of(delivery_id: int) -> int | None:
    found = select(Delivery.campaign_id).where(Delivery.id == delivery_id)
    return db.session.scalar(found)


def _count(campaign_id: int, position: int, visit: Visit) -> None:
    """One more, of everybody together: the day is all that is kept of when."""
    campaign = db.session.get(Campaign, campaign_id)
    if campaign is None or campaign.started_at is None or is_too_soon(visit, campaign.started_at):
        return
    if measuring.gate_of(campaign).ceiling is Mode.AGGREGATE:
        values = {"campaign_id": campaign_id, "position": position, "day": paris_day(visit.at)}
        db.session.execute(COUNT, values)


def _note(delivery_id: int, position: int, visit: Visit) -> None:
    """What the person agreed to, or the day alone; nothing of who has left or was erased."""
    received = (
        select(
            Subscriber.id,
            Delivery.at,
            Campaign,
            last_kind(Subscriber.fingerprint, What.OPENS),
            last_kind(Subscriber.fingerprint, What.CLICKS),
        )
        .join(Subscriber, Subscriber.id == Delivery.subscriber_id)
        .join(Campaign, Campaign.id == Delivery.campaign_id)
        .where(Delivery.id == delivery_id, Delivery.state == DeliveryState.SENT)
    )
    found = db.session.execute(received).one_or_none()
    if found is None or is_too_soon(visit, found[1]):
        return
    person, _, campaign, *kinds = found
    members = audience.members(campaign.list_id, visit.at)
    if not db.session.scalar(members.where(Subscriber.id == person)):
        return
    way = measuring.gate_of(campaign).of(Answers(*(answer_of(kind) for kind in kinds)))
    mode = way.opens if position == OPENED else way.clicks
    _keep(mode, delivery_id, person, position, visit.at)


def _keep(mode: Mode, delivery_id: int, person: int, position: int, at: datetime) -> None:
    match mode:
        case Mode.LAST_OPEN_DATE:
            db.session.execute(OVERWRITE, {"subscriber_id": person, "day": paris_day(at)})
        case Mode.INDIVIDUAL:
            values = {"delivery_id": delivery_id, "subscriber_id": person, "position": position}
            db.session.execute(NOTE, values | {"at": at})
        case _:
            # A mail sent under a mode that has since become stricter: its address is a person's.
            pass
