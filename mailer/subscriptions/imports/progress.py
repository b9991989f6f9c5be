"""How much to do at once, and how long it will still take, from how long it took so far."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Whoever signs up waits for a chunk to end, and gives up after five seconds (SQLite).
AIM_SECONDS = 0.5
FEWEST, MOST = 500, 10_000


@dataclass(frozen=True)
class Pace:
    """How many rows a transaction takes: fewer on a busy machine, more on one at rest."""

    rows: int = 2_000

    def after(self, seconds: float) -> "Pace":
        """The pace after a chunk that took so long; at most twice as fast as before."""
        fit = self.rows * min(AIM_SECONDS / max(seconds, 0.001), 2.0)
        return Pace(int(min(max(fit, FEWEST), MOST)))


def time_left(done: int, total: int, at: datetime, began: datetime | None) -> timedelta | None:
    """About how long; nothing before there is something to judge by."""
    if began is None or not 0 < done <= total:
        return None
    return (at - began) * ((total - done) / done)
