"""A letter's blocks: typed JSON, read once into frozen dataclasses; a fault names its place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import Field, asdict, dataclass, fields
from datetime import date, time
from enum import StrEnum

from mailer.errors import Invalid
from mailer.newsletters.block_types import LAYOUTS, NAMES, TYPES, Kind, Props

VERSION = 1
LINE_CHARACTERS = 300
PROSE_CHARACTERS = 20_000
# Longer than any address that browsers and mail clients agree on.
LINK_CHARACTERS = 2_000
# What a link may begin with; a merge field stands for an address of ours.
LINK = re.compile(r"(?:https?://|mailto:|\{\{)\S+", re.IGNORECASE)
# One of our copies: a letter loads nothing foreign, nor a picture that differs by its reader.
OWN_PICTURE = re.compile(r"/medias/[\w.-]+", re.ASCII)


# A line break of any kind, or several spaces; a space that does not break is typed on purpose.
SPACES = re.compile(r"[^\S\u00a0\u202f]+")


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
    PICTURE = "picture"
    DAY = "day"
    TIME = "time"


class BadBlock(Invalid):
    """A block that cannot be read, with the field and the fault."""

    def __init__(self, block: str, field: str, fault: Fault) -> None:
        super().__init__(f"block {block or '?'}, field {field or '?'}: {fault}")
        self.block, self.field, self.fault = block, field, fault

    @property
    def place(self) -> str:
        """The field of the composer that holds it: `b3-url`, or `subject`."""
        return f"{self.block}-{self.field}" if self.block else self.field


@dataclass(frozen=True)
class When:
    """Whom a block is for: the slugs of lists, the languages, the frequencies; all where empty."""

    lists: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    frequencies: tuple[str, ...] = ()


ALWAYS = When()


@dataclass(frozen=True)
class Block:
    """One block and the name that it keeps while it moves."""

    id: str
    props: Props
    when: When = ALWAYS

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


def on_one_line(text: str) -> str:
    """The text without line breaks; its no-break spaces stay."""
    return SPACES.sub(" ", text).strip()


def dump(blocks: tuple[Block, ...]) -> dict[str, object]:
    """The JSON that parse() reads back as the same blocks."""
    return {"v": VERSION, "blocks": [_dumped(block) for block in blocks]}


def _dumped(block: Block) -> dict[str, object]:
    told: dict[str, object] = {"id": block.id, "type": block.type, "props": asdict(block.props)}
    return told if block.when == ALWAYS else told | {"when": asdict(block.when)}


def _block(item: object) -> Block:
    if not isinstance(item, dict) or not isinstance(item.get("props"), dict):
        raise BadBlock("", "", Fault.SHAPE)
    name = item.get("id")
    if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9]{1,20}", name):
        raise BadBlock(str(name), "id", Fault.SHAPE)
    made = TYPES.get(str(item.get("type")))
    if made is None:
        raise BadBlock(name, "type", Fault.TYPE)
    return Block(name, _props(name, made, item["props"]), _when(name, item.get("when", {})))


def _when(block: str, given: object) -> When:
    known = {spec.name for spec in fields(When)}
    if not isinstance(given, dict) or not known.issuperset(given):
        raise BadBlock(block, "when", Fault.SHAPE)
    if not all(_is_list_of(str, words) for words in given.values()):
        raise BadBlock(block, "when", Fault.KIND)
    return When(**{name: tuple(words) for name, words in given.items()})


def _is_list_of(kind: type, given: object) -> bool:
    return isinstance(given, list | tuple) and all(type(each) is kind for each in given)


def _props(block: str, made: type[Props], given: Mapping[str, object]) -> Props:
    known = {spec.name: spec for spec in fields(made)}
    for key in given:
        if key not in known:
            raise BadBlock(block, str(key), Fault.UNKNOWN)
    build: Callable[..., Props] = made
    return build(**{key: _value(block, known[key], value) for key, value in given.items()})


def _value(block: str, spec: Field[object], value: object) -> object:
    kind = Kind(spec.metadata["kind"])
    if kind is Kind.NUMBERS and isinstance(value, list | tuple) and _is_list_of(int, value):
        return tuple(value)
    if type(value) is not type(spec.default):
        raise BadBlock(block, spec.name, Fault.KIND)
    if not isinstance(value, str):
        return value
    text = "\n".join(value.splitlines()) if kind is Kind.PROSE else on_one_line(value)
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
    return _unreadable(kind, text) if text else None


def _unreadable(kind: Kind, text: str) -> Fault | None:
    """The fault of a day or a time that is none (ISO 8601)."""
    try:
        if kind is Kind.DAY:
            date.fromisoformat(text)
        if kind is Kind.TIME:
            time.fromisoformat(text)
    except ValueError:
        return Fault(kind.value)
    return None
