"""What is read from a feed, whatever its format."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """The formats that are read."""

    FEED = "feed"
    JSON_FEED = "json-feed"
    WORDPRESS = "wordpress"
    SITEMAP = "sitemap"
    PAGE = "page"
    # Written at the desk, from no document at all.
    TYPED = "typed"


class Presence(StrEnum):
    """What a site answers about a page; when it is down, nothing."""

    THERE = "there"
    GONE = "gone"
    UNKNOWN = "unknown"


class Problem(StrEnum):
    """Why bytes that did come hold no articles."""

    NOT_A_FEED = "not-a-feed"
    NO_ARTICLE = "no-article"


class UnreadableError(Exception):
    """There are no articles in it; `reason` says why."""

    def __init__(self, reason: Problem) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class ArticleData:
    """One article as plain text; an absent part is empty, an absent date None."""

    title: str
    url: str = ""
    guid: str = ""
    published_at: datetime | None = None
    summary: str = ""
    image_url: str = ""
    image_alt: str = ""


@dataclass(frozen=True)
class Feed:
    """What a source holds; `feeds` are the addresses that a page announces as its feeds."""

    title: str
    kind: Kind
    entries: tuple[ArticleData, ...]
    feeds: tuple[str, ...] = ()
