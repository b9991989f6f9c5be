"""A case and all that hangs on it as data: every column that says something, as it is declared.

What a later version adds to a case stands in its proof by itself.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Column, inspect

from mailer.db import Base
from mailer.personal import Category, Personal
from mailer.rights.models import RightsRequest

Value = Any
Cover = Callable[[str], str]

# Numbers of rows, names of sealed files, and what would open a copy: no proof of anything.
LEFT_OUT = {"id", "request_id", "file", "code_digest", "code_tries", "source", "change_id"}
WITHHELD = frozenset({Category.FINGERPRINT, Category.SECRET})
# It has the form of an address and is none.
NO_ADDRESS = {"message_id"}
HIDDEN = "••••"

ADDRESS = re.compile(r"[^\s<>\"'(),;:@]+@[\w-]+(?:\.[\w-]+)+")
# What follows in a link is the person's way in.
TOKEN = re.compile(r"(?<=/droits/)[\w.~-]{20,}")


def tables() -> Mapping[str, str]:
    """What hangs on a case, each kind with its table; the letters, which are long, last."""
    kinds = {
        each.key: each.mapper.class_.__tablename__ for each in inspect(RightsRequest).relationships
    }
    return dict(sorted(kinds.items(), key=lambda each: each[0] == "letters"))


def of(case: RightsRequest, cover: Cover, *, hide: frozenset[Category]) -> dict[str, Value]:
    """The case under `case`, and each kind of thing that hangs on it under its name."""
    found: dict[str, Value] = {"case": row(case, cover, hide)}
    for kind in tables():
        held = getattr(case, kind)
        rows = held if isinstance(held, list) else [held] if held else []
        found[kind] = [row(each, cover, hide) for each in rows]
    return found


def row(held: Base, cover: Cover, hide: frozenset[Category]) -> dict[str, Value]:
    """One row by the names of its columns."""
    return {
        column.key: _value(getattr(held, column.key), column, cover, hide)
        for column in _columns(held)
    }


def _columns(held: Base) -> Iterator[Column[Any]]:
    for column in inspect(type(held)).columns:
        said: Personal | None = column.info["personal"]
        if column.key not in LEFT_OUT and not (said and said.category in WITHHELD):
            yield column


def _value(value: Value, column: Column[Any], cover: Cover, hide: frozenset[Category]) -> Value:
    said: Personal | None = column.info["personal"]
    if value and said and said.category in hide:
        return HIDDEN
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return cover(value) if isinstance(value, str) and column.key not in NO_ADDRESS else value


def without_ways_in(text: str) -> str:
    """The text, the signed part of its links left out."""
    return TOKEN.sub("…", text)
