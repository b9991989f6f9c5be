"""Who is meant, as data: conditions, and their joining by all, some and not.

Nothing personal can be a value: each stands in a vocabulary that is closed, or is a day or a count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DEEPEST = 5
MOST_CONDITIONS = 30
# Ten years of days; nobody is asked about more letters than a year of working days brings.
MOST_DAYS, MOST_LETTERS = 3650, 250


class Field(StrEnum):
    """What is chosen among known values. A list is meant by the state of the subscription to it."""

    LIST = "list"
    LEFT = "left"
    PENDING = "pending"
    UNPROVEN = "unproven"
    TOPIC = "topic"
    TERRITORY = "territory"
    LANGUAGE = "language"
    FREQUENCY = "frequency"
    SOURCE = "source"
    IMPORT = "import"
    IMPORTED_BY = "imported_by"


LISTS = frozenset({Field.LIST, Field.LEFT, Field.PENDING, Field.UNPROVEN})


class Source(StrEnum):
    """By which door somebody came in first."""

    FORM = "form"
    EMBED = "embed"
    PREFERENCES = "preferences"
    IMPORT = "import"
    STAFF = "staff"
    API = "api"


class Moment(StrEnum):
    """What a subscription that is active has a day of."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"


class Side(StrEnum):
    BEFORE = "before"
    AFTER = "after"


class Deed(StrEnum):
    """What is measured, and known of nobody who did not agree to it."""

    RECEIVED = "received"
    OPENED = "opened"
    CLICKED = "clicked"


class Unit(StrEnum):
    DAYS = "days"
    LETTERS = "letters"


@dataclass(frozen=True)
class Is:
    """The field has that value: the short name of a list, a code, a number, as text."""

    field: Field
    value: str


@dataclass(frozen=True)
class Dated:
    """Before that day, or after it."""

    moment: Moment
    side: Side
    day: date


@dataclass(frozen=True)
class Lately:
    """In the last so many days."""

    moment: Moment
    days: int


@dataclass(frozen=True)
class Did:
    """In the last so many days, or at one of the last so many letters that they received."""

    deed: Deed
    count: int
    unit: Unit


Condition = Is | Dated | Lately | Did


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class All:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Some:
    parts: tuple["Node", ...]


Group = All | Some
Node = Condition | Not | All | Some


def parts_of(node: Node) -> tuple[Node, ...]:
    """What stands right below it."""
    if isinstance(node, All | Some):
        return node.parts
    return (node.part,) if isinstance(node, Not) else ()


def conditions(node: Node) -> Iterator[Condition]:
    """Its conditions, in order."""
    if isinstance(node, Is | Dated | Lately | Did):
        yield node
    for part in parts_of(node):
        yield from conditions(part)


def depth(node: Node) -> int:
    """How many levels of joining there are; a condition alone has none."""
    below = parts_of(node)
    return 1 + max(map(depth, below)) if below else 0


def is_bounded(node: Node) -> bool:
    """Whether it is small enough to be read and asked of a database."""
    return depth(node) <= DEEPEST and sum(1 for _ in conditions(node)) <= MOST_CONDITIONS


def asks_engagement(node: Node) -> bool:
    """Whether people who did not agree to be measured are unknown to it."""
    return any(isinstance(each, Did) for each in conditions(node))


def most(unit: Unit) -> int:
    """The largest count of that unit."""
    return MOST_DAYS if unit is Unit.DAYS else MOST_LETTERS
