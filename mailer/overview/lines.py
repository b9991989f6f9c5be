"""What stands on the first page: for each role a sentence, and the few things that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One thing to go to: its words, and the page by its endpoint."""

    text: str
    endpoint: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Work:
    """The work of one role: nothing waits when there is no line."""

    key: str
    title: str
    sentence: str
    lines: Sequence[Line] = ()


@dataclass(frozen=True)
class Task:
    """One step of beginning: it is done when things are so, and not because somebody said so."""

    title: str
    hint: str
    is_done: bool
    endpoint: str = ""


def left(tasks: Sequence[Task]) -> int:
    """How many steps are still to be taken."""
    return sum(not task.is_done for task in tasks)
