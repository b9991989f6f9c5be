"""Public holidays by our own table; Easter by Meeus and Butcher."""

from datetime import date, timedelta
from functools import cache

from mailer.rulebook import Calendar, Holiday


def easter(year: int) -> date:
    """Easter Sunday of the year (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    month = (h + m - 7 * n + 90) // 25
    day = (h + m - 7 * n + 33 * month + 19) % 32
    return date(year, month, day)


@cache
def holidays(year: int, calendar: Calendar) -> dict[date, str]:
    """The days off of the year, each with the key of its name."""
    return {_day(holiday, year): holiday.key for holiday in calendar.holidays}


def holiday_on(day: date, calendar: Calendar) -> str | None:
    """The key of the holiday that falls on the day, or None."""
    return holidays(day.year, calendar).get(day)


def _day(holiday: Holiday, year: int) -> date:
    if holiday.easter is None:
        return date(year, holiday.month, holiday.day)
    return easter(year) + timedelta(days=holiday.easter)
