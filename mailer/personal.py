"""What each column says of itself: whose data it is, what for, how long, and what erasure does.

The access copy, rectification, erasure, the purge and the record of processing (GDPR art. 30)
are all driven by these declarations; a column without one fails a test.
"""

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What kind of data it is, as the record of processing names it (GDPR art. 30(1)(c))."""

    EMAIL = "email"
    FINGERPRINT = "fingerprint"
    NAME = "name"
    POSTAL = "postal"
    CHOICE = "choice"
    HISTORY = "history"
    NETWORK = "network"
    MESSAGE = "message"
    NOTE = "note"
    SECRET = "secret"  # noqa: S105 - a kind of data, no secret
    ENGAGEMENT = "engagement"
    # A thing of the person by kind and number, as text: "request:12".
    REFERENCE = "reference"


class Purpose(StrEnum):
    """What it is processed for (GDPR art. 30(1)(b))."""

    NEWSLETTER = "newsletter"
    PROOF = "proof"
    OPPOSITION_LIST = "opposition_list"
    MEASUREMENT = "measurement"
    RIGHTS = "rights"
    BREACH = "breach"
    SECURITY = "security"
    STAFF = "staff"


class Erasure(StrEnum):
    """What becomes of it when the person is erased."""

    DELETE = "delete"
    EMPTY = "empty"
    KEEP = "keep"


@dataclass(frozen=True)
class Personal:
    """One column's declaration; `keep` names the rulebook's figure, `because` why it survives."""

    category: Category
    purpose: Purpose
    keep: str
    erasure: Erasure
    because: str = ""

    def __post_init__(self) -> None:
        if (self.erasure == Erasure.KEEP) != bool(self.because):
            raise ValueError("what survives erasure says why, and nothing else does")


Declared = dict[str, Personal | None]

# The column says nothing of a person: `mapped_column(info=PLAIN)`.
PLAIN: Declared = {"personal": None}


def personal(
    category: Category, purpose: Purpose, keep: str, erasure: Erasure, because: str = ""
) -> Declared:
    """The `info` of a column that says something of a person."""
    return {"personal": Personal(category, purpose, keep, erasure, because)}


def erased_after(column: str, **unless: str) -> dict[str, dict[str, object]]:
    """For `__table_args__`: erasure waits for a row until that column of it is filled.

    `unless` names a column, and the only value of it with which the row may go.
    """
    return {"info": {"erased_after": column, "only_with": unless}}
