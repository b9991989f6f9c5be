"""What was measured of a campaign, of how many; and what is forgotten when a yes is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, delete, exists, func, select

from mailer.consent.evidence import Kind
from mailer.consent.measurement import last_kind
from mailer.consent.models import ConsentState
from mailer.consent.tracking import Answers, Mode, What, answer_of
from mailer.db import db
from mailer.delivery import measuring
from mailer.delivery.engagement import DailyHits, Hit, LastOpen, MeasuredLink
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import DeliveryState
from mailer.delivery.tracking import OPENED
from mailer.subscriptions.models import Subscriber

FORGET = "forget-measures"
NO = (Kind.TRACKING_REFUSED, Kind.TRACKING_WITHDRAWN)


@dataclass(frozen=True)
class Share:
    """Of how many mails that were sent something was measured."""

    measured: int
    sent: int

    @property
    def percent(self) -> int:
        return round(100 * self.measured / self.sent) if self.sent else 0


@dataclass(frozen=True)
class Readership:
    """What was opened and followed, as far as it was measured: people, or hits of all together."""

    mode: Mode
    opens: Share
    clicks: Share
    opened: int
    links: Sequence[tuple[str, int]]

    @property
    def followed(self) -> int:
        return sum(count for _, count in self.links)


def of(campaign: Campaign) -> Readership:
    """What is known of the readers of the campaign, under the modes that are in force now."""
    mode = measuring.gate_of(campaign).ceiling
    opens, clicks = _shares(campaign)
    counted = _counted(campaign.id, mode)
    links = select(MeasuredLink.url, MeasuredLink.position).where(
        MeasuredLink.campaign_id == campaign.id
    )
    return Readership(
        mode=mode,
        opens=opens,
        clicks=clicks,
        opened=counted.get(OPENED, 0),
        links=[
            (url, counted.get(position, 0))
            for url, position in db.session.execute(links.order_by(MeasuredLink.position))
        ],
    )


def _shares(campaign: Campaign) -> tuple[Share, Share]:
    """By what each person answers today: whoever takes a yes back leaves both counts at once."""
    person = Subscriber.fingerprint
    answered = (
        select(
            last_kind(person, What.OPENS).label("opens"),
            last_kind(person, What.CLICKS).label("clicks"),
        )
        .select_from(Delivery)
        .outerjoin(Subscriber, Subscriber.id == Delivery.subscriber_id)
        .where(Delivery.campaign_id == campaign.id, Delivery.state == DeliveryState.SENT)
        .subquery()
    )
    kinds = (answered.c.opens, answered.c.clicks)
    found = select(*kinds, func.count()).group_by(*kinds)
    gate, opens, clicks, sent = measuring.gate_of(campaign), 0, 0, 0
    for opens_kind, clicks_kind, count in db.session.execute(found):
        way = gate.of(Answers(answer_of(opens_kind), answer_of(clicks_kind)))
        opens += count * (way.opens is not Mode.NONE)
        clicks += count * (way.clicks is not Mode.NONE)
        sent += count
    return Share(opens, sent), Share(clicks, sent)


def _counted(campaign_id: int, mode: Mode) -> dict[int, int]:
    """By position: hits of all together, or how many people."""
    match mode:
        case Mode.AGGREGATE:
            found = (
                select(DailyHits.position, func.sum(DailyHits.hits))
                .where(DailyHits.campaign_id == campaign_id)
                .group_by(DailyHits.position)
            )
        case Mode.INDIVIDUAL:
            found = (
                select(Hit.position, func.count())
                .join(Delivery, Delivery.id == Hit.delivery_id)
                .where(Delivery.campaign_id == campaign_id)
                .group_by(Hit.position)
            )
        case _:
            return {}
    return {position: int(count) for position, count in db.session.execute(found)}


def forget_refused() -> None:
    """What was measured of who refuses it now is measured no more, and kept no longer."""
    opens, clicks = (_says_no(What.OPENS), _says_no(What.CLICKS))
    of_hit, of_last = Hit.subscriber_id, LastOpen.subscriber_id
    for statement in (
        delete(Hit).where(Hit.position == OPENED, of_hit.in_(opens)),
        delete(Hit).where(Hit.position != OPENED, of_hit.in_(clicks)),
        delete(LastOpen).where(of_last.in_(opens)),
    ):
        db.session.execute(statement, execution_options={"synchronize_session": False})


def _says_no(what: What) -> Select[int]:
    refuses = exists().where(
        ConsentState.fingerprint == Subscriber.fingerprint,
        ConsentState.purpose == what.value,
        ConsentState.kind.in_(NO),
    )
    return select(Subscriber.id).where(refuses)
