"""What remains to be done by hand, though nothing else waits: letters to post, data to let go.

Both outlive the case: a closed one stands in no other list that somebody works through.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, exists, func, select

from mailer import rulebook
from mailer.clock import PARIS
from mailer.db import db
from mailer.rights.carriage import Delivery
from mailer.rights.kinds import Right
from mailer.rights.models import Letter, RequestLine, RightsRequest
from mailer.rights.states import GIVING, State
from mailer.web.pages import PAGE_ROWS


@dataclass(frozen=True)
class Remaining:
    """How many letters wait for the post, and how many restrictions for their end."""

    letters: int
    restrictions: int


@dataclass(frozen=True)
class ToPost:
    """A letter that waits, and the case that it is of."""

    reference: str
    letter: Letter


def counts(today: date) -> Remaining:
    """How much remains on that day, in one statement."""
    letters = select(func.count(Letter.id)).join_from(Letter, RightsRequest, _of_case())
    restrictions = select(func.count(RightsRequest.id)).where(may_be_lifted(today))
    row = db.session.execute(
        select(letters.where(_waits_for_post()).scalar_subquery(), restrictions.scalar_subquery())
    ).one()
    return Remaining(*row)


def to_post() -> Sequence[ToPost]:
    """The letters that nobody has posted or handed over, the oldest first."""
    found = (
        select(RightsRequest.reference, Letter)
        .join_from(Letter, RightsRequest, _of_case())
        .where(_waits_for_post())
        .order_by(Letter.written_at, Letter.id)
        .limit(PAGE_ROWS)
    )
    return [ToPost(reference, letter) for reference, letter in db.session.execute(found)]


def to_lift(today: date) -> Sequence[RightsRequest]:
    """The cases whose restriction was told to end by that day, and has not; the oldest first."""
    found = select(RightsRequest).where(may_be_lifted(today))
    ordered = found.order_by(RightsRequest.lift_told_at, RightsRequest.id)
    return db.session.scalars(ordered.limit(PAGE_ROWS)).all()


def may_be_lifted(today: date) -> ColumnElement[bool]:
    """Whether the day has come that the person was told; the same as `lifting.ends_on`."""
    told_on = today - timedelta(days=rulebook.load().figures.lifting_days.value)
    after = datetime.combine(told_on + timedelta(days=1), time.min, PARIS)
    is_given = exists().where(
        RequestLine.request_id == RightsRequest.id,
        RequestLine.right == Right.RESTRICTION,
        RequestLine.outcome.in_(GIVING),
    )
    is_told = (RightsRequest.lift_told_at < after) & RightsRequest.lifted_at.is_(None)
    return is_told & is_given & (RightsRequest.state != State.ARCHIVED)


def _of_case() -> ColumnElement[bool]:
    return Letter.request_id == RightsRequest.id


def _waits_for_post() -> ColumnElement[bool]:
    """Neither archived nor emptied: there is nothing left to print of those."""
    is_whole = (Letter.source != "") & (RightsRequest.state != State.ARCHIVED)
    return (Letter.delivery == Delivery.TO_POST) & is_whole
