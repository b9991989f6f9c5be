"""A chart of the desk: its words, its bars and its table are made of the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask_babel import format_decimal

from mailer.web.plotting import Column, Plot, Value, plot


@dataclass(frozen=True)
class Series:
    """What one colour of a chart stands for (charts.css), the same whatever else is drawn."""

    colour: int
    name: str


@dataclass(frozen=True)
class Chart:
    """A chart: its words, and the numbers of which both the plot and the table are made."""

    key: str
    title: str
    told: str
    span: str
    series: Sequence[Series]
    columns: Sequence[Column]

    @cached_property
    def plot(self) -> Plot | None:
        """The bars; none when there is nothing to draw."""
        has_numbers = any(value is not None for each in self.columns for value in each.values)
        return plot(self.columns, say) if has_numbers else None


def say(value: Value) -> str:
    """A number as the reader writes it, a dash where there is none."""
    return "–" if value is None else str(format_decimal(value))
