"""What is left of the limits while a batch is shared out: counted here, then in the database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailer.mail.limits import Held, Limit, Span, window

Row = tuple[str, Span]
DAY = timedelta(days=1)


def row(limit: Limit) -> Row:
    """What the limit is counted under."""
    return limit.scope, limit.span


@dataclass
class Places:
    """How many had left at that instant, and how many are given out since."""

    at: datetime
    taken: Mapping[Row, int]
    given: Counter[Row] = field(default_factory=Counter)
    _queued: Counter[Row] = field(default_factory=Counter)

    def left(self, limits: Iterable[Limit]) -> int | None:
        """How many more all of the limits let pass; None when there is no limit."""
        return min((self._left(limit) for limit in limits), default=None)

    def take(self, limits: Iterable[Limit]) -> None:
        """Give one out under each of the limits."""
        for limit in limits:
            self.given[row(limit)] += 1

    def held(self, limits: Iterable[Limit]) -> Held | None:
        """What holds the next one longest, and until when; None when nothing does."""
        full = [limit for limit in limits if self._left(limit) <= 0]
        if not full:
            return None
        longest = max(full, key=lambda limit: window(limit.span, self.at)[1])
        return Held(window(longest.span, self.at)[1], longest.scope, longest.span)

    def queue(self, limits: Iterable[Limit]) -> datetime:
        """When to ask again: no more than a span lets pass are told the same one."""
        waits = []
        for limit in limits:
            if self._left(limit) > 0:
                continue
            starts_at, ends_at = window(limit.span, self.at)
            spans = self._queued[row(limit)] // max(limit.most, 1)
            self._queued[row(limit)] += 1
            length = DAY if limit.span is Span.DAY else ends_at - starts_at
            waits.append(ends_at + spans * length)
        return max(waits)

    def _left(self, limit: Limit) -> int:
        key = row(limit)
        return max(0, limit.most - self.taken.get(key, 0) - self.given[key])
