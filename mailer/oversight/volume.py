"""Who looks at unusually many people: counted within any hour, never by what they saw."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

WITHIN = timedelta(hours=1)


@dataclass(frozen=True)
class Seen:
    """One look: by whom, at whom, when."""

    actor: str
    subject: str
    at: datetime


@dataclass(frozen=True)
class Burst:
    """The hour in which somebody saw the most people: how many, and when it ended."""

    people: int
    at: datetime


def unusual(looks: Iterable[Seen], most: int) -> Mapping[str, Burst]:
    """The fullest hour of each who saw more people than that within one; looks come in order."""
    windows: dict[str, deque[Seen]] = {}
    counts: dict[str, Counter[str]] = {}
    found: dict[str, Burst] = {}
    for look in looks:
        window = windows.setdefault(look.actor, deque())
        people = counts.setdefault(look.actor, Counter())
        window.append(look)
        people[look.subject] += 1
        while window[0].at <= look.at - WITHIN:
            _leave(people, window.popleft())
        so_far = found[look.actor].people if look.actor in found else most
        if len(people) > so_far:
            found[look.actor] = Burst(len(people), look.at)
    return found


def _leave(people: Counter[str], look: Seen) -> None:
    people[look.subject] -= 1
    if not people[look.subject]:
        del people[look.subject]
