"""What can be wrong in a written predicate, and where."""

from dataclasses import dataclass
from enum import StrEnum

from mailer.errors import Invalid


class Fault(StrEnum):
    EMPTY = "empty"
    LONG = "long"
    CONDITION = "condition"
    EQUALS = "equals"
    VALUE = "value"
    UNKNOWN = "unknown"
    NO_VALUES = "no-values"
    QUOTE = "quote"
    DAYS_OR_DATE = "days-or-date"
    DATE = "date"
    SPAN = "span"
    COUNT = "count"
    ONLY_DAYS = "only-days"
    GROUP = "group"
    JOINING = "joining"
    LARGE = "large"


@dataclass(frozen=True)
class Place:
    """Where it stops to be understood: the character, counted from 1, and what stands there."""

    position: int
    found: str


class Unreadable(Invalid):
    """A written predicate that says nothing yet; `near` is what may have been meant."""

    def __init__(self, fault: Fault, place: Place, near: tuple[str, ...] = ()) -> None:
        super().__init__(fault.value)
        self.fault, self.place, self.near = fault, place, near
