"""What staff say of a list, and the short name by which proofs call it."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from mailer.consent.bases import LawfulBasis
from mailer.consent.tracking import Mode


class Archive(StrEnum):
    """Who finds the letters of a list that were sent: nobody, visitors, or search engines too."""

    NONE = "none"
    UNINDEXED = "unindexed"
    INDEXED = "indexed"


@dataclass(frozen=True)
class ListData:
    """A list as staff describe it."""

    name: str
    description: str
    frequency: str
    aim: str = ""
    basis: LawfulBasis = LawfulBasis.CONSENT
    tracking: Mode = Mode.NONE
    asks_age: bool = False
    archive: Archive = Archive.NONE
    topic: str = ""
    territory: str = ""
    welcome: str = ""
    unlisted: bool = False


def slug_for(name: str, taken: Collection[str]) -> str:
    """A short name in plain letters that no other list bears; it never changes afterwards."""
    plain = (
        unicodedata.normalize("NFKD", name.replace("’", " "))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "liste"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)
