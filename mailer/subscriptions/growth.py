"""How lists grow: each day is counted once it is over, so that no page counts a year again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Subquery,
    cast,
    exists,
    func,
    insert,
    literal,
    null,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from mailer.clock import PARIS, paris_day
from mailer.db import db
from mailer.subscriptions.growth_models import ListDay
from mailer.subscriptions.models import MailingList, Subscription
from mailer.subscriptions.states import State
from mailer.web.calendar_spans import DAY, weeks_until

WEEKS = 12
Column = InstrumentedAttribute[datetime | None]
# What came and what went, by day.
Days = Mapping[date, tuple[int, int]]
CAME: Column = Subscription.confirmed_at
WENT: Column = Subscription.ended_at


@dataclass(frozen=True)
class Week:
    """What a week brought and took; it begins on that Monday."""

    monday: date
    came: int
    went: int

    @property
    def net(self) -> int:
        """How many more there are at its end."""
        return self.came - self.went


@dataclass(frozen=True)
class Evening:
    """How many received the list at the end of that day."""

    day: date
    active: int


def weeks(list_id: int, at: datetime) -> Sequence[Week]:
    """The last twelve weeks of the list, this one included as far as it has gone."""
    mondays = weeks_until(paris_day(at), WEEKS)
    days = _days(list_id, mondays[0])
    counted = max(days, default=mondays[0] - DAY)
    return [_week(list_id, monday, days, counted) for monday in mondays]


def _week(list_id: int, monday: date, days: Days, counted: date) -> Week:
    """What was counted of the week, and what has come since: seldom more than a day or two."""
    theirs = [found for day, found in days.items() if monday <= day < monday + 7 * DAY]
    if counted < monday + 6 * DAY:
        theirs.append(_between(list_id, max(monday, counted + DAY), monday + 7 * DAY))
    return Week(monday, sum(came for came, _ in theirs), sum(went for _, went in theirs))


def _days(list_id: int, since: date) -> dict[date, tuple[int, int]]:
    found = select(ListDay.day, ListDay.came, ListDay.went)
    rows = db.session.execute(found.where(ListDay.list_id == list_id, ListDay.day >= since))
    return {day: (came, went) for day, came, went in rows}


def _between(list_id: int, first: date, until: date) -> tuple[int, int]:
    came, went = (
        select(func.count())
        .where(Subscription.list_id == list_id, _within(column, first, until))
        .scalar_subquery()
        for column in (CAME, WENT)
    )
    row = db.session.execute(select(came, went)).one()
    return row[0], row[1]


def _within(column: Column, first: date, until: date) -> ColumnElement[bool]:
    began, ended = (datetime.combine(day, time(), PARIS) for day in (first, until))
    return (column >= began) & (column < ended)


def evenings() -> dict[int, Evening]:
    """How many received each list when they were last counted."""
    newest = select(func.max(ListDay.day)).scalar_subquery()
    found = select(ListDay.list_id, ListDay.day, ListDay.active).where(
        ListDay.day == newest, ListDay.active.is_not(None)
    )
    rows = db.session.execute(found)
    return {list_id: Evening(day, active or 0) for list_id, day, active in rows}


def next_day(at: datetime) -> date | None:
    """The first day that is over and not counted; the first of all is twelve weeks ago."""
    yesterday = paris_day(at) - DAY
    last = db.session.scalar(select(func.max(ListDay.day)))
    following = last + DAY if last else weeks_until(yesterday, WEEKS)[0]
    return following if following <= yesterday else None


def count(day: date, at: datetime) -> None:
    """Count that day for every list; who receives it is counted for the last day alone.

    A list that was counted for the day keeps its numbers.
    """
    came, went = (_by_list(_within(column, day, day + DAY)) for column in (CAME, WENT))
    active = _by_list(Subscription.state == State.ACTIVE)
    is_last = day == paris_day(at) - DAY
    rows = (
        select(
            MailingList.id,
            literal(day, Date()),
            func.coalesce(came.c.number, 0),
            func.coalesce(went.c.number, 0),
            func.coalesce(active.c.number, 0) if is_last else cast(null(), Integer),
        )
        .outerjoin(came, came.c.list_id == MailingList.id)
        .outerjoin(went, went.c.list_id == MailingList.id)
        .where(~exists().where(ListDay.list_id == MailingList.id, ListDay.day == day))
    )
    if is_last:
        rows = rows.outerjoin(active, active.c.list_id == MailingList.id)
    columns = ["list_id", "day", "came", "went", "active"]
    db.session.execute(insert(ListDay).from_select(columns, rows))


def _by_list(which: ColumnElement[bool]) -> Subquery:
    found = select(Subscription.list_id, func.count().label("number")).where(which)
    return found.group_by(Subscription.list_id).subquery()


def is_counted(day: date) -> bool:
    """Whether there was a list to count on that day."""
    return bool(db.session.scalar(select(exists().where(ListDay.day == day))))
