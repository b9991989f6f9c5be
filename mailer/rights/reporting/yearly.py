"""A year of requests in numbers, of nobody: what the officer's annual report says.

Everything is counted by right: a request about two rights counts for each, and what is left of
a purged file is a line for each of its rights too.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mailer.rights.grounds import Ground
from mailer.rights.kinds import Right
from mailer.rights.reporting.figures import median_days, share
from mailer.rights.states import OPEN, REFUSALS, Outcome, State

# The last day of each class of age; what is older has one of its own.
AGES = (15, 30, 60, 90)


@dataclass(frozen=True)
class Line:
    """One right of one case: how it stands or ended, and after how many days."""

    right: Right
    # As the words of a channel are stored.
    channel: str
    state: State
    outcome: Outcome | None
    days: int
    is_in_time: bool
    is_extended: bool
    ground: Ground | None = None
    # Which case it is of; what a purged one left does not say.
    case: int | None = None

    @property
    def is_answered(self) -> bool:
        return self.state == State.ANSWERED


@dataclass(frozen=True)
class Questions:
    """How many questions about who asks were put, and in how many cases."""

    asked: int
    cases: int


@dataclass(frozen=True)
class Report:
    """The numbers of one year of receipt, as they stood on a day."""

    year: int
    on: date
    # None when a purged line does not say of which case it was.
    cases: int | None
    asked: int
    rights: Mapping[Right, int]
    channels: Mapping[str, int]
    outcomes: Mapping[Outcome, int]
    # How those ended that ended without an answer.
    endings: Mapping[State, int]
    answered: int
    median_days: float | None
    longest_days: int | None
    # In percent of the answers.
    in_time: int | None
    late: int
    extended: int
    refused: int
    grounds: Mapping[Ground, int]
    questions: Questions
    open: int
    # By the last day of the class; None for the oldest.
    ages: Mapping[int | None, int]


def report(year: int, on: date, lines: Sequence[Line], questions: Questions) -> Report:
    """The numbers of those lines."""
    answers = [line for line in lines if line.is_answered]
    still_open = [line for line in lines if line.state in OPEN]
    refused = [line for line in answers if line.outcome in REFUSALS]
    days = [line.days for line in answers]
    late = sum(not line.is_in_time for line in answers)
    return Report(
        year=year,
        on=on,
        cases=_cases(lines),
        asked=len(lines),
        rights=Counter(line.right for line in lines),
        channels=Counter(line.channel for line in lines),
        outcomes=Counter(line.outcome for line in answers if line.outcome),
        endings=Counter(line.state for line in lines if line.state not in OPEN | {State.ANSWERED}),
        answered=len(answers),
        median_days=median_days(days),
        longest_days=max(days, default=None),
        in_time=share(len(answers) - late, len(answers)),
        late=late,
        extended=sum(line.is_extended for line in lines),
        refused=len(refused),
        grounds=Counter(line.ground for line in refused if line.ground),
        questions=questions,
        open=len(still_open),
        ages=Counter(age(line.days) for line in still_open),
    )


def _cases(lines: Sequence[Line]) -> int | None:
    cases = {line.case for line in lines}
    return None if None in cases else len(cases)


def age(days: int) -> int | None:
    """The class of an open case of that age."""
    return next((last for last in AGES if days <= last), None)


def as_data(found: Report) -> dict[str, object]:
    """The numbers for a program: codes and numbers, every code of a kind or none of it."""
    return {
        "year": found.year,
        "on": found.on.isoformat(),
        "cases": found.cases,
        "unit": "right",
        "asked": found.asked,
        "rights": _coded(found.rights),
        "channels": _coded(found.channels),
        "answered": found.answered,
        "outcomes": _coded(found.outcomes),
        "ended_without_answer": _coded(found.endings),
        "median_days": found.median_days,
        "longest_days": found.longest_days,
        "in_time_percent": found.in_time,
        "late": found.late,
        "extended": found.extended,
        "refused": found.refused,
        "refusal_grounds": _coded(found.grounds),
        "identity_questions": found.questions.asked,
        "cases_with_identity_question": found.questions.cases,
        "open": found.open,
        "open_by_age": [{"until_days": last, "number": found.ages[last]} for last in (*AGES, None)],
    }


def _coded(counted: Mapping[Any, int]) -> dict[str, int]:
    return {str(code): number for code, number in sorted(counted.items())}
