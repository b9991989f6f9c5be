"""What differs between two sheets, part by part."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeVar

from mailer.register.sheet import Activity, Controller, Sheet

# Parts by which an activity is known: they do not change, it becomes another.
KNOWN_BY = ("key", "purpose")


Part = TypeVar("Part", Activity, Controller)


class Happened(StrEnum):
    """What became of a part of the record."""

    BEGAN = "began"
    ENDED = "ended"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One part that differs; an activity that began has no before, one that ended no after."""

    happened: Happened
    part: str
    before: Activity | Controller | None
    after: Activity | Controller | None


def between(before: Sheet, after: Sheet) -> Iterator[Change]:
    """Each change, in the order of the sheet."""
    yield from _parts(before.controller, after.controller)
    old = {activity.key: activity for activity in before.activities}
    new = {activity.key: activity for activity in after.activities}
    for key, activity in new.items():
        if key in old:
            yield from _parts(old[key], activity)
        else:
            yield Change(Happened.BEGAN, "", None, activity)
    for key, activity in old.items():
        if key not in new:
            yield Change(Happened.ENDED, "", activity, None)


def _parts(before: Part, after: Part) -> Iterator[Change]:
    for field in fields(before):
        if field.name in KNOWN_BY:
            continue
        if getattr(before, field.name) != getattr(after, field.name):
            yield Change(Happened.CHANGED, field.name, before, after)
