"""What is counted of requests: how many, how long, how many in time."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from mailer.rights.kinds import Right
from mailer.web.calendar_spans import week_of


@dataclass(frozen=True)
class Answer:
    """When a request came, when it was answered, and by when it had to be."""

    received_on: date
    answered_on: date
    due: date

    @property
    def days(self) -> int:
        return (self.answered_on - self.received_on).days

    @property
    def is_in_time(self) -> bool:
        return self.answered_on <= self.due


def median_days(days: Sequence[int]) -> float | None:
    """The days that half of the answers did not exceed; None without any."""
    return median(days) if days else None


def share(part: int, whole: int) -> int | None:
    """The part in percent, rounded down: a hundred only when not one is missing."""
    return 100 * part // whole if whole else None


def in_time(answers: Sequence[Answer]) -> int | None:
    """The percentage of answers that were in time."""
    return share(sum(each.is_in_time for each in answers), len(answers))


def rights_by_week(
    counted: Iterable[tuple[date, Right, int]], weeks: Sequence[date]
) -> Sequence[Mapping[Right, int]]:
    """How often each right was asked for in each week."""
    found: dict[date, Counter[Right]] = {week: Counter() for week in weeks}
    for day, right, number in counted:
        found[week_of(day)][right] += number
    return [found[week] for week in weeks]


def by_week(counted: Iterable[tuple[date, int]], weeks: Sequence[date]) -> Sequence[int]:
    """How many fall into each week."""
    found: Counter[date] = Counter()
    for day, number in counted:
        found[week_of(day)] += number
    return [found[week] for week in weeks]


def grouped(
    answers: Iterable[Answer], span_of: Callable[[date], date], spans: Sequence[date]
) -> Sequence[Sequence[Answer]]:
    """The answers given in each of the spans."""
    found: dict[date, list[Answer]] = {span: [] for span in spans}
    for each in answers:
        found[span_of(each.answered_on)].append(each)
    return [found[span] for span in spans]
