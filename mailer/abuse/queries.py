"""Reading the counts of a day, of nobody in particular."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from mailer.db import db
from mailer.web.counters import EVERYBODY, HOUR, Counter
from mailer.web.limits import REFUSED

HOURS = 24


@dataclass
class Day:
    """What came through one door in the last 24 hours, and how many were asked to wait."""

    by_hour: list[int] = field(default_factory=lambda: [0] * HOURS)
    refused: int = 0

    @property
    def total(self) -> int:
        return sum(self.by_hour)

    @property
    def highest(self) -> int:
        return max(self.by_hour)


def last_day(at: datetime) -> Mapping[str, Day]:
    """The counts by kind, the hour that runs last."""
    this_hour = at.replace(minute=0, second=0, microsecond=0)
    rows = db.session.execute(
        select(Counter.kind, Counter.starts_at, Counter.number).where(
            Counter.key == EVERYBODY, Counter.starts_at > this_hour - HOURS * HOUR
        )
    )
    days: dict[str, Day] = {}
    for kind, starts_at, number in rows:
        day = days.setdefault(kind.removeprefix(REFUSED), Day())
        if kind.startswith(REFUSED):
            day.refused += number
        else:
            day.by_hour[HOURS - 1 - (this_hour - starts_at) // HOUR] += number
    return days
