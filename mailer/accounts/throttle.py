"""How long a sign-in must wait after failures: the delay grows, nothing is ever locked.

Three tallies of the last hour count. A stranger who tries one address from many networks slows
that address down by seconds only, and not at all where its owner has signed in before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class Tally:
    """Failures in the window, and when the last one was."""

    failures: int
    last: datetime | None


@dataclass(frozen=True)
class Ceiling:
    """How many failures are free, the wait after one more, which doubles, and the longest."""

    free: int
    first: timedelta
    longest: timedelta

    def ready_at(self, tally: Tally) -> datetime | None:
        """When the next attempt may be made; None for at once."""
        over = tally.failures - self.free
        if over <= 0 or tally.last is None:
            return None
        times = 1 << min(over - 1, 20)
        return tally.last + min(self.first * times, self.longest)


SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
# Five a minute.
PAIR = Ceiling(free=4, first=MINUTE, longest=15 * MINUTE)
NETWORK = Ceiling(free=20, first=SECOND, longest=15 * MINUTE)
ADDRESS = Ceiling(free=20, first=SECOND, longest=30 * SECOND)


@dataclass(frozen=True)
class Tallies:
    """Failures of an address from a network, of the network, and of the address from anywhere."""

    pair: Tally
    network: Tally
    address: Tally
    is_usual_network: bool

    def wait(self, at: datetime) -> timedelta:
        """How long from then until the next attempt may be made; zero for at once."""
        ceilings = [(PAIR, self.pair), (NETWORK, self.network)]
        if not self.is_usual_network:
            ceilings.append((ADDRESS, self.address))
        ready = [ceiling.ready_at(tally) or at for ceiling, tally in ceilings]
        return max(timedelta(0), max(ready) - at)
