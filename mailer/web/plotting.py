"""Where the bars of a chart stand, in percent of its width and height; a template draws them.

In percent, so that bars follow the width of the page and words keep their size.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

LEFT, TOP, BOTTOM = 9.0, 9.0, 87.0
LABELS_AT = 97.0
# What is left free between two bars.
GAP = 0.22
MOST_TICKS = 4
# How many labels fit side by side: all of a year's months on a desk, else fewer.
LABELS_ON_A_PHONE, LABELS_ON_A_DESK, MONTHS_ON_A_DESK = 4, 7, 12

Value = int | float | None
# A number as its reader writes it.
Say = Callable[[int | float], str]


@dataclass(frozen=True)
class Column:
    """What stands over one label, from below; None where nothing can be said."""

    name: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Bar:
    """A rectangle, the column that it is of, its place among the values, and its number."""

    x: float
    y: float
    width: float
    height: float
    name: str
    series: int
    text: str


@dataclass(frozen=True)
class Words:
    """A number or a label beside the bars; a minor one stands only where there is room."""

    x: float
    y: float
    text: str
    is_minor: bool = False


@dataclass(frozen=True)
class Plot:
    """All that is drawn."""

    bars: tuple[Bar, ...]
    ticks: tuple[Words, ...]
    labels: tuple[Words, ...]
    totals: tuple[Words, ...]


def plot(columns: Sequence[Column], say: Say = str) -> Plot:
    """The chart of those columns, from zero to a round number above the highest."""
    highest = max((_total(column) for column in columns), default=0)
    step = _step(highest)
    top = step * max(1, ceil(highest / step))
    return Plot(
        bars=tuple(_bars(columns, top, say)),
        ticks=tuple(_ticks(step, top, say)),
        labels=tuple(_labels(columns)),
        totals=tuple(_totals(columns, top, say)),
    )


def _total(column: Column) -> float:
    return sum(value or 0 for value in column.values)


def _step(highest: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50… that needs few lines."""
    return next(step for step in _steps() if highest / step <= MOST_TICKS)


def _steps() -> Iterator[int]:
    ten = 1
    while True:
        yield from (ten, 2 * ten, 5 * ten)
        ten *= 10


def _ticks(step: int, top: int, say: Say) -> Iterator[Words]:
    for value in range(0, top + step, step):
        yield Words(0, _y(value, top), say(value))


def _y(value: float, top: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value / top, 2)


def _bars(columns: Sequence[Column], top: int, say: Say) -> Iterator[Bar]:
    slot = _slot(columns)
    for place, column in enumerate(columns):
        below: float = 0
        for series, value in enumerate(column.values):
            if value:
                y = _y(below + value, top)
                x = round(LEFT + slot * (place + GAP / 2), 2)
                height, width = round(_y(below, top) - y, 2), round(slot * (1 - GAP), 2)
                yield Bar(x, y, width, height, column.name, series, say(value))
                below += value


def _slot(columns: Sequence[Column]) -> float:
    return (100 - LEFT) / len(columns)


def _middle(columns: Sequence[Column], place: int) -> float:
    return round(LEFT + _slot(columns) * (place + 0.5), 2)


def _labels(columns: Sequence[Column]) -> Iterator[Words]:
    """As many as there is room for, counted back from the last."""
    number = len(columns)
    on_a_desk = 1 if number <= MONTHS_ON_A_DESK else ceil(number / LABELS_ON_A_DESK)
    on_a_phone = on_a_desk * ceil(number / on_a_desk / LABELS_ON_A_PHONE)
    for place, column in enumerate(columns):
        back = number - 1 - place
        if back % on_a_desk == 0:
            is_minor = back % on_a_phone != 0
            yield Words(_middle(columns, place), LABELS_AT, column.label, is_minor)


def _totals(columns: Sequence[Column], top: int, say: Say) -> Iterator[Words]:
    is_minor = len(columns) > LABELS_ON_A_PHONE + 2
    for place, column in enumerate(columns):
        if any(value is not None for value in column.values):
            total = _total(column)
            yield Words(_middle(columns, place), _y(total, top) - 2, say(total), is_minor)
