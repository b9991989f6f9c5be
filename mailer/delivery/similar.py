"""Whether people would read the same twice in one day, by whichever letter and list it comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from mailer.clock import PARIS
from mailer.db import db
from mailer.delivery import audience
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import CampaignState
from mailer.newsletters.models import ApprovedLetter
from mailer.subscriptions.models import MailingList, Subscription
from mailer.subscriptions.segments.predicate import Node
from mailer.subscriptions.states import State


@dataclass(frozen=True)
class Wish:
    """To send this letter to this list, for the run-th time, on that day in Paris."""

    issue_id: int
    list_id: int
    run: int
    day: date
    # Of the list, only these.
    where: Node | None = None


@dataclass(frozen=True)
class Twin:
    """A campaign of the same content that day, and how many of the same people it reaches."""

    campaign_id: int
    list_name: str
    leaves_at: datetime
    people: int


def twins(wish: Wish, at: datetime) -> Sequence[Twin]:
    """The campaigns that make the wish a repetition, the first to leave first; one statement."""
    # The ends of the calendar have no midnight on one side, and no letter.
    if wish.day in {date.min, date.max}:
        return []
    leaves_at = func.coalesce(
        Campaign.started_at, Campaign.starts_at, type_=Campaign.starts_at.type
    )
    begins = datetime.combine(wish.day, time(), PARIS)
    ends = datetime.combine(wish.day + timedelta(days=1), time(), PARIS)
    common = _common(wish, at).label("common")
    found = (
        select(Campaign.id, MailingList.name, leaves_at, common)
        .join(MailingList, MailingList.id == Campaign.list_id)
        .where(
            Campaign.issue_id.in_(_same_content(wish.issue_id)),
            leaves_at >= begins,
            leaves_at < ends,
            ~_is_the_wish(wish),
        )
        .order_by(leaves_at, Campaign.id)
    )
    return [Twin(*row) for row in db.session.execute(found) if row.common]


def _is_the_wish(wish: Wish) -> ColumnElement[bool]:
    """A second press of the button is no second campaign."""
    return and_(
        Campaign.issue_id == wish.issue_id,
        Campaign.list_id == wish.list_id,
        Campaign.run >= wish.run,
    )


def _same_content(issue_id: int) -> Select[int]:
    this, other = aliased(ApprovedLetter), aliased(ApprovedLetter)
    alike = and_(other.subject == this.subject, other.html == this.html, other.text == this.text)
    return select(other.issue_id).join(this, alike).where(this.issue_id == issue_id)


def _common(wish: Wish, at: datetime) -> ColumnElement[int]:
    """How many of the list's readers the campaign has written to, or is about to."""
    reader = audience.members(wish.list_id, at, wish.where).subquery()
    written_to = exists().where(
        Delivery.campaign_id == Campaign.id,
        Delivery.subscriber_id == reader.c.id,
        Delivery.state.in_(audience.ON_ITS_WAY),
    )
    on_its_list = exists().where(
        Subscription.list_id == Campaign.list_id,
        Subscription.subscriber_id == reader.c.id,
        Subscription.state == State.ACTIVE,
    )
    about_to = and_(Campaign.state == CampaignState.SCHEDULED, on_its_list)
    return (
        select(func.count())
        .select_from(reader)
        .where(or_(written_to, about_to))
        .correlate(Campaign)
        .scalar_subquery()
    )
