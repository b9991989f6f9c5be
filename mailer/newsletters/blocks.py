"""A letter's blocks: typed JSON, read once into frozen dataclasses; a fault names its place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import Field, asdict, dataclass, field, fields
from enum import StrEnum

from mailer.errors import Invalid

VERSION = 1
LINE_CHARACTERS = 300
PROSE_CHARACTERS = 20_000
# Longer than any address that browsers and mail clients agree on.
LINK_CHARACTERS = 2_000
LAYOUTS = ("large", "compact")
# What a link may begin with; a merge field stands for an address of ours.
LINK = re.compile(r"(?:https?://|mailto:|\{\{)\S+", re.IGNORECASE)
# One of our copies: a letter loads nothing foreign, nor a picture that differs by its reader.
OWN_PICTURE = re.compile(r"/medias/[\w.-]+", re.ASCII)


class Kind(StrEnum):
    """What a field of a block holds."""

    LINE = "line"
    PROSE = "prose"
    LINK = "link"
    IMAGE = "image"
    LAYOUT = "layout"
    NUMBER = "number"
    YES = "yes"


CHARACTERS = {Kind.LINE: LINE_CHARACTERS, Kind.PROSE: PROSE_CHARACTERS}


class Fault(StrEnum):
    """Why a block cannot be read."""

    SHAPE = "shape"
    TYPE = "type"
    TWICE = "twice"
    UNKNOWN = "unknown"
    KIND = "kind"
    LONG = "long"
    LINK = "link"
    IMAGE = "image"


class BadBlock(Invalid):
    """A block that cannot be read, with the field and the fault."""

    def __init__(self, block: str, field: str, fault: Fault) -> None:
        super().__init__(f"block {block or '?'}, field {field or '?'}: {fault}")
        self.block, self.field, self.fault = block, field, fault

    @property
    def place(self) -> str:
        """The field of the composer that holds it: `b3-url`, or `subject`."""
        return f"{self.block}-{self.field}" if self.block else self.field


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


Props = Heading | Text | Article | Image | Button | Divider | Quote
TYPES: Mapping[str, type[Props]] = {
    "heading": Heading,
    "text": Text,
    "article": Article,
    "image": Image,
    "button": Button,
    "quote": Quote,
    "divider": Divider,
}
NAMES = {props: name for name, props in TYPES.items()}


@dataclass(frozen=True)
class Block:
    """One block and the name that it keeps while it moves."""

    id: str
    props: Props

    @property
    def type(self) -> str:
        return NAMES[type(self.props)]


def parse(document: object) -> tuple[Block, ...]:
    """The blocks of a letter's JSON; raises BadBlock naming the block and the field."""
    if not isinstance(document, dict) or document.get("v") != VERSION:
        raise BadBlock("", "v", Fault.SHAPE)
    listed = document.get("blocks")
    if not isinstance(listed, list):
        raise BadBlock("", "blocks", Fault.SHAPE)
    blocks = tuple(_block(item) for item in listed)
    seen: set[str] = set()
    for block in blocks:
        if block.id in seen:
            raise BadBlock(block.id, "id", Fault.TWICE)
        seen.add(block.id)
    return blocks


def dump(blocks: tuple[Block, ...]) -> dict[str, object]:
    """The JSON that parse() reads back as the same blocks."""
    listed = [
        {"id": block.id, "type": block.type, "props": asdict(block.props)} for block in blocks
    ]
    return {"v": VERSION, "blocks": listed}


def _block(item: object) -> Block:
    if not isinstance(item, dict) or not isinstance(item.get("props"), dict):
        raise BadBlock("", "", Fault.SHAPE)
    name = item.get("id")
    if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9]{1,20}", name):
        raise BadBlock(str(name), "id", Fault.SHAPE)
    made = TYPES.get(str(item.get("type")))
    if made is None:
        raise BadBlock(name, "type", Fault.TYPE)
    return Block(name, _props(name, made, item["props"]))


def _props(block: str, made: type[Props], given: Mapping[str, object]) -> Props:
    known = {spec.name: spec for spec in fields(made)}
    for key in given:
        if key not in known:
            raise BadBlock(block, str(key), Fault.UNKNOWN)
    build: Callable[..., Props] = made
    return build(**{key: _value(block, known[key], value) for key, value in given.items()})


def _value(block: str, spec: Field[object], value: object) -> object:
    kind = Kind(spec.metadata["kind"])
    if type(value) is not type(spec.default):
        raise BadBlock(block, spec.name, Fault.KIND)
    if not isinstance(value, str):
        return value
    text = "\n".join(value.splitlines()) if kind is Kind.PROSE else " ".join(value.split())
    if fault := _fault(kind, text):
        raise BadBlock(block, spec.name, fault)
    return text


def _fault(kind: Kind, text: str) -> Fault | None:
    if len(text) > CHARACTERS.get(kind, LINK_CHARACTERS):
        return Fault.LONG
    if kind is Kind.LAYOUT and text not in LAYOUTS:
        return Fault.KIND
    if kind is Kind.LINK and text and not LINK.fullmatch(text):
        return Fault.LINK
    if kind is Kind.IMAGE and text and not OWN_PICTURE.fullmatch(text):
        return Fault.IMAGE
    return None
