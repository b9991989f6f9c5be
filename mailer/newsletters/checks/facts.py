"""What a letter cannot know by itself: the day, the links that were tried, articles, the sender."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """What became of a link when it was last tried."""

    REACHED = "reached"
    GONE = "gone"
    UNKNOWN_SITE = "unknown-site"
    SILENT = "silent"


class ArticleStanding(StrEnum):
    """What became of an article since the letter copied it."""

    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Sender:
    """The domains of a mail: From, signatures, the return-path; and whether they are a sample."""

    domain: str
    signer: str = ""
    return_path: str = ""
    is_sample: bool = False


@dataclass(frozen=True)
class Facts:
    """All of it, as it stood when the letter was looked at; empty where nothing is known."""

    today: date | None = None
    links: Mapping[str, Standing] = field(default_factory=dict)
    articles: Mapping[int, ArticleStanding] = field(default_factory=dict)
    # For each article that the list had before, the subject of that letter.
    sent: Mapping[int, str] = field(default_factory=dict)
    sender: Sender | None = None


NOTHING = Facts()
