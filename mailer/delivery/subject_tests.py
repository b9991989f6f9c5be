"""Several subjects tried on a part of the list: how many people it takes, and which one wins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

MOST_SUBJECTS = 4
SHARES = range(10, 51)
WAITS = range(1, 25)
# With fewer people a subject, or fewer who did something, chance alone decides.
FEWEST_PEOPLE, FEWEST_EVENTS = 50, 10
# How often chance may be taken for a difference.
RISK = 0.05
FIRST = 1


class How(StrEnum):
    """Who chooses the subject that the others get."""

    NUMBERS = "numbers"
    HAND = "hand"


class Basis(StrEnum):
    """What is counted: clicks of those who agreed to it, or departures and complaints."""

    CLICKS = "clicks"
    DEPARTURES = "departures"


class Verdict(StrEnum):
    """Why a subject was chosen."""

    DECIDED = "decided"
    CHANCE = "chance"
    TOO_FEW = "too-few"
    TOO_SMALL = "too-small"
    BY_HAND = "by-hand"


@dataclass(frozen=True)
class Plan:
    """What is to be tried: the subjects, the letter's own first, on a part of the list, so long."""

    subjects: tuple[str, ...]
    share: int
    wait: timedelta
    how: How


@dataclass(frozen=True)
class Tally:
    """What became of the mails with one subject; `measured` are the people who agreed to that."""

    position: int
    sent: int
    departures: int = 0
    complaints: int = 0
    measured: int = 0
    clicked: int = 0


@dataclass(frozen=True)
class Choice:
    """The subject that wins, by what, and why."""

    winner: int
    verdict: Verdict
    basis: Basis | None = None


@dataclass(frozen=True)
class _Rate:
    position: int
    events: int
    people: int

    @property
    def value(self) -> float:
        return self.events / self.people


def people_each(people: int, share: int, subjects: int) -> int:
    """How many people at least get each subject in the trial."""
    return people * share // 100 // subjects


def fewest_readers() -> int:
    """How many readers a list must have for the smallest trial."""
    return -(-2 * FEWEST_PEOPLE * 100 // SHARES[-1])


def basis_of(tallies: Sequence[Tally]) -> Basis:
    """Clicks where enough people of each subject agreed that theirs are counted."""
    agreed = min((tally.measured for tally in tallies), default=0)
    return Basis.CLICKS if agreed >= FEWEST_PEOPLE else Basis.DEPARTURES


def choose(tallies: Sequence[Tally]) -> Choice:
    """The best subject when chance hardly explains its lead; else the letter's own, the first."""
    basis = basis_of(tallies)
    rates = [_rate(tally, basis) for tally in tallies]
    has_people = min((rate.people for rate in rates), default=0) >= FEWEST_PEOPLE
    if not has_people or sum(rate.events for rate in rates) < FEWEST_EVENTS:
        return Choice(FIRST, Verdict.TOO_FEW, basis)
    # More clicks are better, fewer departures are.
    sign = 1 if basis is Basis.CLICKS else -1
    best, second, *_ = sorted(rates, key=lambda rate: (-sign * rate.value, rate.position))
    own = next(rate for rate in rates if rate.position == FIRST)
    rival = second if best is own else own
    # Each comparison more is one chance more to be fooled (Bonferroni).
    enough = NormalDist().inv_cdf(1 - RISK / 2 / (len(rates) - 1))
    if distance(best.events, best.people, rival.events, rival.people) < enough:
        return Choice(FIRST, Verdict.CHANCE, basis)
    return Choice(best.position, Verdict.DECIDED, basis)


def distance(events: int, people: int, other_events: int, other_people: int) -> float:
    """How far two shares lie apart, in standard deviations of chance: the two-proportion z-test."""
    common = (events + other_events) / (people + other_people)
    spread = sqrt(common * (1 - common) * (1 / people + 1 / other_people))
    return abs(events / people - other_events / other_people) / spread if spread else 0.0


def _rate(tally: Tally, basis: Basis) -> _Rate:
    if basis is Basis.CLICKS:
        return _Rate(tally.position, tally.clicked, tally.measured)
    return _Rate(tally.position, tally.departures + tally.complaints, tally.sent)
