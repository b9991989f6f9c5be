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


class Aim(StrEnum):
    """What an address is looked at for: to be shown what is there, or to have it as a source."""

    TRY = "try"
    ADD = "add"


class Presence(StrEnum):
    """What a site answers about a page; when it is down, nothing."""

    THERE = "there"
    GONE = "gone"
    UNKNOWN = "unknown"


class Problem(StrEnum):
    """Why what did come makes no source."""

    NOT_A_FEED = "not-a-feed"
    NO_ARTICLE = "no-article"
    # It is one already.
    KNOWN = "known"
    # A worker began, and never came back.
    BROKEN_OFF = "broken-off"
    # Another version of the program wrote down what was found.
    OUTDATED = "outdated"


class UnreadableError(Exception):
    """There are no articles in it; `reason` says why."""

    def __init__(self, reason: Problem) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Gap(StrEnum):
    """What an entry lacks, or a document has wrong, that a reader had to get by without."""

    NO_TITLE = "no-title"
    NO_LINK = "no-link"
    BAD_LINK = "bad-link"
    NO_DATE = "no-date"
    BAD_DATE = "bad-date"
    NO_SUMMARY = "no-summary"
    NO_IMAGE = "no-image"
    BAD_IMAGE = "bad-image"
    NO_ALTERNATIVE = "no-alternative"
    JOINED = "joined"
    ENCODING_GUESSED = "encoding-guessed"
    BROKEN = "broken"
    CUT = "cut"


@dataclass(frozen=True)
class Note:
    """A gap, and what stood there instead."""

    gap: Gap
    given: str = ""


@dataclass(frozen=True)
class Given:
    """What the source wrote where a date, a link and an image are looked for, as it wrote it."""

    date: str = ""
    link: str = ""
    image: str = ""


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
    given: Given = Given()


@dataclass(frozen=True)
class Feed:
    """What a source holds; `feeds` are the addresses that a page announces as its feeds.

    `pages` are articles of which a sitemap tells the address and no more, the newest first.
    """

    title: str
    kind: Kind
    entries: tuple[ArticleData, ...]
    feeds: tuple[str, ...] = ()
    pages: tuple[ArticleData, ...] = ()
    notes: tuple[Note, ...] = ()
