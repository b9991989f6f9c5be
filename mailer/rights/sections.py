"""What a copy is made of: a person's rows, table by table, each declared column with its value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mailer.personal import Personal, Purpose

Value = str | int | bool | date | None | list[object] | dict[str, object]

# Said instead of a secret, and of what concerns somebody else.
WITHHELD = "***"
# Said instead of a colleague: that somebody at the desk acted, never who (CJEU C-579/21).
COLLEAGUE = "account"


@dataclass(frozen=True)
class Section:
    """The person's rows of one table, each declared column with its value."""

    table: str
    declared: Mapping[str, Personal]
    rows: Sequence[Mapping[str, Value]]

    @property
    def purpose(self) -> Purpose:
        """What the table serves."""
        return next(iter(self.declared.values())).purpose
