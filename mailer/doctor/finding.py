"""What one look found: good, worth a note, or a fault with its cure."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """A note is something to know; only a fault keeps the command from ending with 0."""

    GOOD = "good"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """What is so, of what was looked at, and what to do about it."""

    check: str
    state: State
    said: str
    cure: str = ""


def good(check: str, said: str) -> Finding:
    """Nothing is to be done."""
    return Finding(check, State.GOOD, said)


def note(check: str, said: str, cure: str = "") -> Finding:
    """Nothing fails by it."""
    return Finding(check, State.NOTE, said, cure)


def fault(check: str, said: str, cure: str) -> Finding:
    """Something fails by it."""
    return Finding(check, State.FAULT, said, cure)
