"""The only place that reads the time, and how months are counted from a day."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
# Of a day that is typed: outside these somebody has mistyped, and an instant in UTC may not exist.
YEARS = range(1900, 2201)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def paris_day(at: datetime) -> date:
    """The civil date in Paris at that instant."""
    return at.astimezone(PARIS).date()


def as_said(text: str, day: date, language: str) -> str:
    """The day in words: French has the first of a month as an ordinal, CLDR patterns have not."""
    is_ordinal = day.day == 1 and language == "fr"
    return re.sub(r"\b1 (?=[^\W\d])", "1er ", text, count=1) if is_ordinal else text


def add_months(day: date, months: int) -> date:
    """The same day number that many months later, or that month's last (1182/71 art. 3(2)(c))."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
