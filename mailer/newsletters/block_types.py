"""The types of blocks, and what their fields hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LAYOUTS = ("large", "compact", "text")


class Kind(StrEnum):
    """What a field of a block holds. A day is `2026-12-05`, a time `14:30`, either may be empty."""

    LINE = "line"
    PROSE = "prose"
    LINK = "link"
    IMAGE = "image"
    LAYOUT = "layout"
    NUMBER = "number"
    NUMBERS = "numbers"
    YES = "yes"
    DAY = "day"
    TIME = "time"


def _text(kind: Kind) -> str:
    return field(default="", metadata={"kind": kind})


@dataclass(frozen=True)
class Heading:
    """A title that opens a part of the letter."""

    text: str = _text(Kind.LINE)


@dataclass(frozen=True)
class Text:
    """Paragraphs in light Markdown."""

    text: str = _text(Kind.PROSE)


@dataclass(frozen=True)
class Article:
    """The copy of an article, made when the letter was drafted: the feed cannot change it."""

    title: str = _text(Kind.LINE)
    summary: str = _text(Kind.PROSE)
    url: str = _text(Kind.LINK)
    image: str = _text(Kind.IMAGE)
    alt: str = _text(Kind.LINE)
    decorative: bool = field(default=False, metadata={"kind": Kind.YES})
    width: int = field(default=0, metadata={"kind": Kind.NUMBER})
    height: int = field(default=0, metadata={"kind": Kind.NUMBER})
    layout: str = field(default="large", metadata={"kind": Kind.LAYOUT})
    article_id: int = field(default=0, metadata={"kind": Kind.NUMBER})


@dataclass(frozen=True)
class Image:
    """A picture across the letter."""

    image: str = _text(Kind.IMAGE)
    alt: str = _text(Kind.LINE)
    decorative: bool = field(default=False, metadata={"kind": Kind.YES})
    width: int = field(default=0, metadata={"kind": Kind.NUMBER})
    height: int = field(default=0, metadata={"kind": Kind.NUMBER})
    url: str = _text(Kind.LINK)
    caption: str = _text(Kind.LINE)


@dataclass(frozen=True)
class Button:
    """A link that asks to be pressed."""

    label: str = _text(Kind.LINE)
    url: str = _text(Kind.LINK)


@dataclass(frozen=True)
class Divider:
    """A pause."""


@dataclass(frozen=True)
class Quote:
    """What somebody said."""

    text: str = _text(Kind.PROSE)
    author: str = _text(Kind.LINE)


@dataclass(frozen=True)
class Columns:
    """Two short texts beside each other, one above the other on a narrow screen."""

    left_title: str = _text(Kind.LINE)
    left_text: str = _text(Kind.PROSE)
    left_url: str = _text(Kind.LINK)
    left_label: str = _text(Kind.LINE)
    right_title: str = _text(Kind.LINE)
    right_text: str = _text(Kind.PROSE)
    right_url: str = _text(Kind.LINK)
    right_label: str = _text(Kind.LINE)


@dataclass(frozen=True)
class Figure:
    """A number that tells something, what it counts, and who counted it."""

    value: str = _text(Kind.LINE)
    text: str = _text(Kind.LINE)
    source: str = _text(Kind.LINE)


@dataclass(frozen=True)
class Event:
    """A date of the agenda, in Paris time; without a time it lasts the whole day."""

    title: str = _text(Kind.LINE)
    day: str = _text(Kind.DAY)
    time: str = _text(Kind.TIME)
    last_day: str = _text(Kind.DAY)
    last_time: str = _text(Kind.TIME)
    place: str = _text(Kind.LINE)
    text: str = _text(Kind.PROSE)
    url: str = _text(Kind.LINK)


@dataclass(frozen=True)
class Contents:
    """The titles of the parts of the letter, each a link to its part."""

    title: str = _text(Kind.LINE)


@dataclass(frozen=True)
class Section:
    """A place that fills itself with articles when the letter is drawn.

    The newest of those sources (of all, when none is named) that hold one of the words, were in no
    letter to the list before if `unsent`, and are younger than so many days; nothing when they are
    fewer than the least.
    """

    title: str = _text(Kind.LINE)
    sources: tuple[int, ...] = field(default=(), metadata={"kind": Kind.NUMBERS})
    words: str = _text(Kind.LINE)
    newest: int = field(default=5, metadata={"kind": Kind.NUMBER})
    least: int = field(default=1, metadata={"kind": Kind.NUMBER})
    days: int = field(default=30, metadata={"kind": Kind.NUMBER})
    unsent: bool = field(default=True, metadata={"kind": Kind.YES})
    layout: str = field(default="large", metadata={"kind": Kind.LAYOUT})


Props = (
    Heading
    | Text
    | Article
    | Image
    | Button
    | Quote
    | Divider
    | Columns
    | Figure
    | Event
    | Contents
    | Section
)
TYPES: Mapping[str, type[Props]] = {
    "heading": Heading,
    "text": Text,
    "article": Article,
    "section": Section,
    "image": Image,
    "button": Button,
    "columns": Columns,
    "figure": Figure,
    "event": Event,
    "quote": Quote,
    "contents": Contents,
    "divider": Divider,
}
NAMES = {props: name for name, props in TYPES.items()}
