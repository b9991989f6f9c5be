"""What is left of the limits while a batch is shared out: counted here, then in the database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailer.mail.limits import Held, Limit, Span, window

Row = tuple[str, Span]

# Nobody is told to wait longer for a place than that, or than the span lasts: those before them
# may have been stopped meanwhile.
HORIZON = timedelta(minutes=10)


def row(limit: Limit) -> Row:
    """What the limit is counted under."""
    return limit.scope, limit.span


class Queues:
    """When those who wait for a limit come again: one after another, from batch to batch.

    Told the same instant, all of a long queue would be asked for again each second.
    """

    def __init__(self) -> None:
        self._last: dict[Row, tuple[datetime, int]] = {}

    def place(self, limit: Limit, at: datetime) -> datetime:
        """The beginning of the first later span that fewer were told than may leave in it."""
        first = window(limit.span, at)[1]
        starts_at, number = self._last.get(row(limit), (first, 0))
        if number >= limit.most:
            starts_at, number = window(limit.span, starts_at)[1], 0
        if not first <= starts_at <= max(first, at + HORIZON):
            starts_at, number = first, 0
        self._last[row(limit)] = starts_at, number + 1
        return starts_at


@dataclass
class Places:
    """How many had left at that instant, and how many are given out since."""

    at: datetime
    taken: Mapping[Row, int]
    given: Counter[Row] = field(default_factory=Counter)

    def left(self, limits: Iterable[Limit]) -> int | None:
        """How many more all of the limits let pass; None when there is no limit."""
        return min((self._left(limit) for limit in limits), default=None)

    def take(self, limits: Iterable[Limit]) -> None:
        """Give one out under each of the limits."""
        for limit in limits:
            self.given[row(limit)] += 1

    def held(self, limits: Iterable[Limit]) -> Held | None:
        """What holds the next one longest, and until when; None when nothing does."""
        full = self.full(limits)
        if not full:
            return None
        longest = max(full, key=self._ends_at)
        return Held(self._ends_at(longest), longest.scope, longest.span)

    def full(self, limits: Iterable[Limit]) -> list[Limit]:
        """Those of the limits that let nothing pass now."""
        return [limit for limit in limits if self._left(limit) == 0]

    def _ends_at(self, limit: Limit) -> datetime:
        return window(limit.span, self.at)[1]

    def _left(self, limit: Limit) -> int:
        key = row(limit)
        return max(0, limit.most - self.taken.get(key, 0) - self.given[key])
