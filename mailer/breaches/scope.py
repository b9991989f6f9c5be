"""Whom an incident touched, as the officer chooses it: one question to the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mailer.breaches.kinds import Reach


@dataclass(frozen=True)
class Scope:
    """By what the persons are found, and what it needs to find them."""

    reach: Reach
    lists: tuple[int, ...] = ()
    begins: date | None = None
    ends: date | None = None
    campaign: int = 0
    source: int = 0

    @property
    def stored(self) -> dict[str, Any]:
        """As an incident keeps it."""
        return {
            "reach": self.reach.value,
            "lists": list(self.lists),
            "begins": self.begins.isoformat() if self.begins else None,
            "ends": self.ends.isoformat() if self.ends else None,
            "campaign": self.campaign,
            "source": self.source,
        }


def read(stored: Mapping[str, Any]) -> Scope:
    """The scope that an incident keeps."""
    begins, ends = stored["begins"], stored["ends"]
    return Scope(
        reach=Reach(stored["reach"]),
        lists=tuple(stored["lists"]),
        begins=date.fromisoformat(begins) if begins else None,
        ends=date.fromisoformat(ends) if ends else None,
        campaign=stored["campaign"],
        source=stored["source"],
    )
