"""Small things that every page needs: keyset pages, the menu, dates in words."""

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


@dataclass(frozen=True)
class MenuEntry:
    """A link of the desk's menu, shown to who holds the role."""

    endpoint: str
    label: object
    role: str
