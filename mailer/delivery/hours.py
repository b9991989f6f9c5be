"""Quiet hours: when no campaign sends, by the clock of Paris."""

from datetime import UTC, date, datetime, time, timedelta

from mailer.clock import PARIS, paris_day

DAY = timedelta(days=1)


def resumes_at(setting: str, at: datetime) -> datetime | None:
    """When the quiet hours end that the instant lies in; None when campaigns may send now."""
    if not setting:
        return None
    begins, ends = (time.fromisoformat(text) for text in setting.split("-"))
    today = paris_day(at)
    for day in (today - DAY, today):
        until = max(_instants(day if begins < ends else day + DAY, ends))
        if min(_instants(day, begins)) <= at < until:
            return until
    return None


def _instants(day: date, hour: time) -> tuple[datetime, datetime]:
    """The hour on that day: two instants when the clock is turned back, or turned past it."""
    local = datetime.combine(day, hour, PARIS)
    return local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC)
