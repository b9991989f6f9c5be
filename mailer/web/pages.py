"""Lists in pages, by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")

PAGE_ROWS = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows and the key of the next, or None on the last."""

    rows: Sequence[Row]
    next_key: int | None
