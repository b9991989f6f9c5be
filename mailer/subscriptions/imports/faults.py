"""What can be the matter with a row of a file, or with the whole file."""

from dataclasses import dataclass
from enum import StrEnum

# More than any address book has; beyond, the file is something else (experience of hostile files).
MOST_COLUMNS = 100
LONGEST_CELL = 10_000


class Flaw(StrEnum):
    """Why a row is set aside; words.py has the cure of each."""

    EMPTY = "empty"
    NO_AT = "no_at"
    SEVERAL_AT = "several_at"
    SPACE = "space"
    HIDDEN = "hidden"
    NO_DOT = "no_dot"
    NO_NAME = "no_name"
    MISREAD = "misread"
    LONG_CELL = "long_cell"
    MANY_COLUMNS = "many_columns"
    STATUS = "status"
    ADDRESS = "address"


@dataclass(frozen=True)
class Fault:
    """One row set aside: its number in the file, why, and the cell in question."""

    line: int
    flaw: Flaw
    cell: str


class Trouble(StrEnum):
    """Why a whole file cannot be used."""

    NOTHING = "nothing"
    NOT_A_TABLE = "not_a_table"
    BROKEN_SHEET = "broken_sheet"
    BOMB = "bomb"
    LONG_LINE = "long_line"
    TOO_MANY_ROWS = "too_many_rows"
    GONE = "gone"


class Unreadable(Exception):
    """The file cannot be read, or not further than that line."""

    def __init__(self, trouble: Trouble, line: int = 0) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.line = line
