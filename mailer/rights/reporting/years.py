"""Reading the lines of a year: of the files that are kept, and what purged ones left."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, RowMapping, func, select

from mailer.clock import paris_day
from mailer.db import db
from mailer.errors import NotFound
from mailer.rights.models import RequestLine, RightsRequest
from mailer.rights.proceedings import Extension, IdentityQuestion
from mailer.rights.reporting import yearly
from mailer.rights.reporting.yearly import Line, Questions, Report
from mailer.rights.states import State
from mailer.rights.statistics import RightsStatistic


def known(today: date) -> Sequence[int]:
    """The years that can be reported on, from this one back to that of the first request."""
    oldest = select(
        select(func.min(RightsRequest.received_on)).scalar_subquery(),
        select(func.min(RightsStatistic.year)).scalar_subquery(),
    )
    received_on, purged = db.session.execute(oldest).one()
    years = [today.year, received_on.year if received_on else None, purged]
    return range(today.year, min(year for year in years if year) - 1, -1)


def report(year: int, today: date) -> Report:
    """The numbers of that year as they stand today; raises NotFound for a year without any."""
    if year not in known(today):
        raise NotFound("year")
    return yearly.report(year, today, [*_kept(year, today), *_purged(year)], _questions(year))


def _kept(year: int, today: date) -> Sequence[Line]:
    found = (
        select(
            RequestLine.request_id,
            RequestLine.right,
            RequestLine.outcome,
            RequestLine.ground,
            RightsRequest.channel,
            RightsRequest.state,
            RightsRequest.ended_as,
            RightsRequest.received_on,
            RightsRequest.due,
            RightsRequest.closed_at,
            Extension.request_id.is_not(None).label("is_extended"),
        )
        .join(RightsRequest, RightsRequest.id == RequestLine.request_id)
        .outerjoin(Extension, Extension.request_id == RightsRequest.id)
        .where(_received_in(year))
    )
    return [_line(row, today) for row in db.session.execute(found).mappings()]


def _line(row: RowMapping, today: date) -> Line:
    ended_on = paris_day(row["closed_at"]) if row["closed_at"] else today
    return Line(
        right=row["right"],
        channel=row["channel"],
        state=State(row["ended_as"] or row["state"]),
        outcome=row["outcome"],
        days=(ended_on - row["received_on"]).days,
        is_in_time=ended_on <= row["due"],
        is_extended=row["is_extended"],
        ground=row["ground"],
        case=row["request_id"],
    )


def _purged(year: int) -> Sequence[Line]:
    found = select(RightsStatistic).where(RightsStatistic.year == year)
    return [
        Line(
            right=row.right,
            channel=row.channel,
            state=row.ending,
            outcome=row.outcome,
            days=row.days,
            is_in_time=row.in_time,
            is_extended=row.is_extended,
        )
        for row in db.session.scalars(found)
    ]


def _questions(year: int) -> Questions:
    counted = (
        select(func.count(), func.count(IdentityQuestion.request_id.distinct()))
        .join(RightsRequest, RightsRequest.id == IdentityQuestion.request_id)
        .where(_received_in(year))
    )
    asked, cases = db.session.execute(counted).one()
    return Questions(asked, cases)


def _received_in(year: int) -> ColumnElement[bool]:
    return RightsRequest.received_on.between(date(year, 1, 1), date(year, 12, 31))
