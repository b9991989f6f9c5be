"""Why a file of another program cannot be used."""

from enum import StrEnum


class Refusal(StrEnum):
    """Each has its sentence and its cure in words.py."""

    ARCHIVE = "archive"
    LOCKED = "locked"
    BOMB = "bomb"
    ENCODING = "encoding"
    DOCUMENT = "document"
    LARGE = "large"
    SHAPE = "shape"
    COLUMNS = "columns"
    NOTHING = "nothing"


class Unusable(Exception):
    """The file of that name cannot be used; nothing of any file was taken."""

    def __init__(self, refusal: Refusal, name: str) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.name = name


class LeftOut(StrEnum):
    """Why a part of an export is passed over, and the rest taken."""

    NEVER_SIGNED_UP = "never_signed_up"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"
    NO_CONTENT = "no_content"
    UNREADABLE = "unreadable"
