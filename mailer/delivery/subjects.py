"""The subjects of a campaign: kept when it is decided, and dealt out when its list is frozen."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    case,
    func,
    insert,
    literal,
    null,
    select,
)

from mailer.db import db
from mailer.delivery import pace
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.subject_models import CampaignSubject, SubjectTest
from mailer.delivery.subject_tests import Plan
from mailer.newsletters.fields import mark
from mailer.subscriptions.models import Subscriber

HOUR = timedelta(hours=1)
# The largest prime below 2**31: the product of two rests still fits 64 bits.
PRIME = 2**31 - 1


def keep(campaign: Campaign, plan: Plan) -> None:
    """Note what the campaign is to try."""
    test = SubjectTest(
        campaign_id=campaign.id, share=plan.share, wait_hours=plan.wait // HOUR, how=plan.how
    )
    db.session.add(test)
    db.session.flush()
    rows = [
        {"campaign_id": campaign.id, "position": position, "subject": subject}
        for position, subject in enumerate(plan.subjects, start=1)
    ]
    db.session.execute(insert(CampaignSubject), rows)


def test_of(campaign_id: int) -> SubjectTest | None:
    """What the campaign tries; None for one that has the subject of its letter."""
    return db.session.get(SubjectTest, campaign_id)


def typed(campaign_id: int) -> Mapping[int, str]:
    """The subjects that the campaign tries, as they were typed, in order; none without a test."""
    found = (
        select(CampaignSubject.position, CampaignSubject.subject)
        .where(CampaignSubject.campaign_id == campaign_id)
        .order_by(CampaignSubject.position)
    )
    return dict(db.session.execute(found).all())


def marked(campaign_id: int) -> Mapping[int, str]:
    """The same with the marks of their merge fields, ready to stand in a letter."""
    return {position: mark(subject) for position, subject in typed(campaign_id).items()}


def winner_of(campaign_id: int) -> ScalarSelect[int | None]:
    """The subject of whoever was not in the trial, for the SELECT of a statement."""
    found = select(SubjectTest.winner).where(SubjectTest.campaign_id == campaign_id)
    return found.scalar_subquery()


def dealt(campaign: Campaign, people: Select[Any], at: datetime) -> Select[Any]:
    """People with their subject and their hour: now for the trial, later for all others.

    Who is in it goes by a shuffle of the campaign's own, so that no one is tried on every time;
    the subjects go round, so that each has as many.
    """
    hour = Delivery.__table__.c.next_at.type
    test = test_of(campaign.id)
    if test is None:
        return people.add_columns(null(), literal(at, hour))
    place = func.row_number().over(order_by=(_shuffled(campaign.salt), Subscriber.id))
    is_tried = place * 100 <= func.count().over() * test.share
    variant = (place - 1) % len(typed(campaign.id)) + 1
    return people.add_columns(
        case((is_tried, variant)),
        case((is_tried, literal(at, hour)), else_=literal(pace.UNDECIDED, hour)),
    )


def _shuffled(salt: str) -> ColumnElement[int]:
    """The same order each time for a campaign, another one for another (it need not be secret)."""
    key = int(salt, 16)
    spread = literal(key % (PRIME - 1) + 1, Delivery.id.type)
    shift = literal(key // PRIME % PRIME, Delivery.id.type)
    number = Subscriber.id % PRIME * spread % PRIME
    return number * ((number + shift) % PRIME) % PRIME
