"""Weeks and months as the charts count them: weeks from Monday (ISO 8601), months from the 1st."""

from collections.abc import Sequence
from datetime import date, timedelta

from mailer.clock import add_months

DAY = timedelta(1)
WEEK = 7 * DAY


def week_of(day: date) -> date:
    """The Monday of that day's week."""
    return day - day.weekday() * DAY


def month_of(day: date) -> date:
    """The first of that day's month."""
    return day.replace(day=1)


def weeks_until(today: date, number: int) -> Sequence[date]:
    """The Mondays of that many weeks, of which this one is the last."""
    return [week_of(today) - back * WEEK for back in reversed(range(number))]


def weeks_between(first: date, last: date) -> Sequence[date]:
    """The Mondays of the weeks from one day to the other."""
    count = (week_of(last) - week_of(first)) // WEEK + 1
    return [week_of(first) + ahead * WEEK for ahead in range(count)]


def months_until(today: date, number: int) -> Sequence[date]:
    """The firsts of that many months, of which this one is the last."""
    return [add_months(month_of(today), -back) for back in reversed(range(number))]
