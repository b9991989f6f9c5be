"""Reading what the charts count, a statement for each."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import func, or_, select

from mailer.clock import PARIS, paris_day
from mailer.db import db
from mailer.rights.kinds import Right
from mailer.rights.models import RequestLine, RightsRequest
from mailer.rights.reporting.figures import Answer
from mailer.rights.states import RUNNING, State

# The archive keeps how a case had ended.
ANSWERED = or_(
    RightsRequest.state == State.ANSWERED, RightsRequest.ended_as == State.ANSWERED.value
)


def rights_received(since: date) -> Sequence[tuple[date, Right, int]]:
    """How often each right was asked for on each day since then."""
    counted = (
        select(RightsRequest.received_on, RequestLine.right, func.count())
        .join(RequestLine, RequestLine.request_id == RightsRequest.id)
        .where(RightsRequest.received_on >= since)
        .group_by(RightsRequest.received_on, RequestLine.right)
    )
    return [(day, right, number) for day, right, number in db.session.execute(counted)]


def answers(since: date) -> list[Answer]:
    """The answers given since that day began in Paris."""
    begins = datetime.combine(since, time(), PARIS)
    found = select(RightsRequest.received_on, RightsRequest.closed_at, RightsRequest.due).where(
        ANSWERED, RightsRequest.closed_at >= begins
    )
    return [
        Answer(received_on, paris_day(at), due)
        for received_on, at, due in db.session.execute(found)
        if at is not None
    ]


def due_between(first: date, last: date) -> Sequence[tuple[date, int]]:
    """How many cases whose clock runs are due on each of those days."""
    counted = (
        select(RightsRequest.due, func.count())
        .where(RightsRequest.state.in_(RUNNING), RightsRequest.due.between(first, last))
        .group_by(RightsRequest.due)
    )
    return [(day, number) for day, number in db.session.execute(counted)]
