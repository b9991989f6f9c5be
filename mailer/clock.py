"""The only place that reads the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def paris_day(at: datetime) -> date:
    """The civil date in Paris at that instant."""
    return at.astimezone(PARIS).date()
