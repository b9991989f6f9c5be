"""How long a sign-in must wait after failures: the delay grows, nothing is ever locked.

Three tallies of the last hour count. On a network where the owner of the address has signed in
before, only what was tried there on that address does, and by seconds: neither strangers nor a
colleague at the next desk keep them out.
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
# Whoever tries there gets no more than ADDRESS leaves to all networks together.
USUAL_PAIR = Ceiling(free=4, first=SECOND, longest=30 * SECOND)
# A town hall is one network: what one does in it is felt by those who never signed in there.
NETWORK = Ceiling(free=50, first=SECOND, longest=MINUTE)
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
        return self._wait(USUAL_PAIR if self.is_usual_network else PAIR, at)

    def wait_for_a_code(self, at: datetime) -> timedelta:
        """The same for six figures, which nobody tries on another without their passphrase."""
        return self._wait(PAIR, at)

    def _wait(self, of_pair: Ceiling, at: datetime) -> timedelta:
        ceilings = [(of_pair, self.pair)]
        if not self.is_usual_network:
            ceilings += [(NETWORK, self.network), (ADDRESS, self.address)]
        ready = [ceiling.ready_at(tally) or at for ceiling, tally in ceilings]
        return max(timedelta(0), max(ready) - at)
