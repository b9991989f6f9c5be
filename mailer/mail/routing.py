"""By which relay a mail goes.

A relay that names the domain of the recipient comes first, then one that names that of the sender,
then those that take everything. Among equals the weights decide; one that is down or has had its
share is passed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from mailer.mail.relays import Relay

Group = tuple[Relay, ...]


class Router:
    """Chooses relays, and remembers where each turn stands, so that small batches share too."""

    def __init__(self, relays: Sequence[Relay]) -> None:
        self._relays = relays
        self._named = {domain for relay in relays for domain in relay.recipients}
        self._groups: dict[tuple[str, str], tuple[Group, ...]] = {}
        self._turns: dict[Group, Iterator[Relay]] = {}

    def choose(self, sender: str, recipient: str, room: Mapping[str, int | None]) -> Relay | None:
        """The relay for a mail from one domain to another; None when none can take it now.

        `room` says by name how many each relay that is up may still take, None for any number.
        """
        for group in self.groups(sender, recipient):
            able = [relay for relay in group if room.get(relay.name, 0) != 0]
            if able:
                return able[0] if len(able) == 1 else next(self._turn(*able))
        return None

    def groups(self, sender: str, recipient: str) -> tuple[Group, ...]:
        """The relays that may carry such a mail, the best ones first, equals together."""
        key = sender, recipient if recipient in self._named else ""
        if key not in self._groups:
            self._groups[key] = grouped(self._relays, *key)
        return self._groups[key]

    def _turn(self, *able: Relay) -> Iterator[Relay]:
        if able not in self._turns:
            self._turns[able] = turns(able)
        return self._turns[able]


def grouped(relays: Sequence[Relay], sender: str, recipient: str) -> tuple[Group, ...]:
    """The relays that may carry a mail from one domain to another, the best first."""
    able = [
        relay
        for relay in relays
        if (not relay.recipients or recipient in relay.recipients)
        and (not relay.senders or sender in relay.senders)
    ]
    ranks = (
        tuple(relay for relay in able if relay.recipients),
        tuple(relay for relay in able if relay.senders and not relay.recipients),
        tuple(relay for relay in able if not relay.senders and not relay.recipients),
    )
    return tuple(group for group in ranks if group)


def turns(relays: Group) -> Iterator[Relay]:
    """The relays, each as often as it weighs, and at no moment a whole turn off its share.

    The quota method (Balinski and Young, 1975): the one that is owed most, among those that would
    not get more than their share rounded up.
    """
    total = sum(relay.weight for relay in relays)
    given = [0] * len(relays)
    for turn in count(1):
        due = [n for n, each in enumerate(relays) if given[n] * total < each.weight * turn]
        chosen = min(due, key=lambda n: (given[n] + 1) / relays[n].weight)
        given[chosen] += 1
        yield relays[chosen]
