"""Lists in pages, by key, and numbers that need not be counted to the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask_babel import format_decimal
from flask_babel import gettext as _

Row = TypeVar("Row")

PAGE_ROWS = 50
# Further than that nobody counts while a page is waited for.
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows and the key of the next, or None on the last."""

    rows: Sequence[Row]
    next_key: int | None


def page_of(rows: Sequence[Row], keys: Sequence[int]) -> Page[Row]:
    """The page of one row more than it shows, where there are as many, and their keys."""
    following = keys[PAGE_ROWS - 1] if len(rows) > PAGE_ROWS else None
    return Page(rows[:PAGE_ROWS], following)


def how_many(number: int) -> str:
    """The number in words; above what is counted, that it is more."""
    if number > MOST_COUNTED:
        return str(_("plus de %(most)s", most=format_decimal(MOST_COUNTED)))
    return str(format_decimal(number))
