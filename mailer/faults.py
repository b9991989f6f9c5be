"""What can be wrong with a chain, in words that the command says."""

from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    """What is wrong with a link of it, a gap in it or an anchor beside it."""

    CHANGED = "was changed after it was recorded"
    MISPLACED = "does not follow the link before it"
    MISSING = "is missing"
    UNCHAINED = "was slipped in: it has no place in the chain"
    UNKNOWN_KEY = "was hashed with a key that is not in the settings"
    UNSIGNED_GAP = "is missing, and the gap is not signed with our key"
    UNSIGNED = "is not signed with our key"
    UNSIGNED_RESTORATION = "are given up by a restoration that is not signed with our key"
    UNREADABLE = "cannot be read"
    CUT = "stands beyond the last link: the end of the chain is cut off"
    DISAGREES = "tells another hash than the chain has"
    NOT_IN_TABLE = "is in the file and not in the table"
    NOT_IN_FILE = "is in the table and not in the file"


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong."""

    place: str
    problem: Problem

    def __str__(self) -> str:
        return f"{self.place} {self.problem}"
