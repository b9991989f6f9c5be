"""The self-evaluation by the RGAA: what each criterion came to, on public pages and at the desk."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """What a criterion came to on some pages."""

    MET = "conforme"
    NOT_MET = "non conforme"
    NOT_APPLICABLE = "non applicable"


class Level(StrEnum):
    """How far a site conforms: the three states of the model declaration."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True)
class Criterion:
    """One criterion: what it asks, how that was looked at, and what was found."""

    number: str
    asks: str
    how: str
    shown_by: str
    public: State
    desk: State
    on: date
    gap: str


@dataclass(frozen=True)
class Result:
    """How many criteria apply, and how many of those are met."""

    met: int
    applicable: int

    @property
    def percent(self) -> int:
        """Rounded down: a hundred is said only when every one is met."""
        return 100 * self.met // self.applicable

    @property
    def level(self) -> Level:
        """Full, partial from half on, else none, as the model declaration counts it."""
        if self.met == self.applicable:
            return Level.FULL
        return Level.PARTIAL if 2 * self.met >= self.applicable else Level.NONE


def read(text: str) -> tuple[Criterion, ...]:
    """The criteria of the table; raises ValueError for a state or a day that is none."""
    return tuple(
        Criterion(
            row["critere"],
            row["demande"],
            row["mode"],
            row["preuve"],
            State(row["public"]),
            State(row["bureau"]),
            date.fromisoformat(row["date"]),
            row["ecart"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def result(states: Iterable[State]) -> Result:
    """How the criteria with these states add up."""
    applicable = [state for state in states if state is not State.NOT_APPLICABLE]
    return Result(applicable.count(State.MET), len(applicable))


def overall(criteria: Iterable[Criterion]) -> Result:
    """The whole program: a criterion is met where it is met on all pages that it applies to."""
    return result(_worse(each.public, each.desk) for each in criteria)


def _worse(one: State, other: State) -> State:
    rank = (State.NOT_MET, State.MET, State.NOT_APPLICABLE)
    return min(one, other, key=rank.index)


def gaps(criteria: Iterable[Criterion]) -> list[Criterion]:
    """The criteria that are not met somewhere."""
    return [each for each in criteria if State.NOT_MET in {each.public, each.desk}]
