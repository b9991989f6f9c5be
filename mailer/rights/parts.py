"""A letter as it is written once: a title, then parts that say which mentions they hold.

rendered template | parts | text, mail, page or PDF, all of the same words
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from lxml import html
from lxml.html import HtmlElement


class Shape(StrEnum):
    """What a block is."""

    PARAGRAPH = "p"
    HEADING = "h2"
    ITEM = "li"
    # The one link of a letter that is to be followed.
    ACTION = "a"


SHAPES = tuple(Shape)
# No-break spaces stay: French writes them before « : ».
FOLDED = re.compile(r"[ \t\r\n]+")
# The end of a line, which no template can hold as a character.
BREAK = "\0"


@dataclass(frozen=True)
class Block:
    """One paragraph, heading or item; lines of a paragraph are kept apart."""

    shape: Shape
    text: str
    href: str = ""
    is_strong: bool = False


@dataclass(frozen=True)
class Part:
    """Some blocks, the mentions that they say, and the free part that they are, if one."""

    says: tuple[str, ...]
    free: str
    blocks: tuple[Block, ...]

    @property
    def groups(self) -> tuple[tuple[Block, ...], ...]:
        """Its blocks, the items of a list together."""
        return tuple(groups(self.blocks))

    @property
    def text(self) -> str:
        """All its words."""
        return "\n".join(f"{block.text} {block.href}" for block in self.blocks)


@dataclass(frozen=True)
class Written:
    """A letter read back from its one source."""

    title: str
    parts: tuple[Part, ...]


def read(source: str) -> Written:
    """The letter that the source writes."""
    root = html.fragment_fromstring(source, create_parent="div")
    heading = root.find("h1")
    title = "" if heading is None else _words(heading)
    return Written(title, tuple(_part(each) for each in root.iterchildren("section")))


def _part(section: HtmlElement) -> Part:
    says = tuple((section.get("data-says") or "").split())
    return Part(says, section.get("data-free") or "", tuple(_blocks(section)))


def _blocks(section: HtmlElement) -> Iterator[Block]:
    for element in section.iter(*SHAPES):
        words = _words(element)
        # A link inside a sentence is part of it.
        is_inside = element.tag == Shape.ACTION and element.getparent() is not section
        if words and not is_inside:
            is_strong = element.find("strong") is not None
            yield Block(Shape(element.tag), words, element.get("href") or "", is_strong)


def _words(element: HtmlElement) -> str:
    """The text, with a line for each `br`; other breaks of the source are spaces."""
    pieces = [element.text or ""]
    for child in element.iterdescendants():
        pieces += [BREAK if child.tag == "br" else child.text or "", child.tail or ""]
    folded = FOLDED.sub(" ", "".join(pieces))
    return "\n".join(line.strip(" ") for line in folded.split(BREAK)).strip()


def spaced(words: str) -> str:
    """The words with one space between them, whatever stood there."""
    return " ".join(words.split())


def groups(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """The blocks in their order, the items that follow each other together: they are one list."""
    for is_list, run in groupby(blocks, lambda block: block.shape == Shape.ITEM):
        if is_list:
            yield tuple(run)
        else:
            yield from ((block,) for block in run)


def as_text(written: Written) -> str:
    """The letter without any markup, a blank line between its paragraphs."""
    blocks = (block for part in written.parts for block in part.blocks)
    return "\n\n".join("\n".join(map(_line, group)) for group in groups(blocks))


def _line(block: Block) -> str:
    if block.shape == Shape.ITEM:
        return f"- {block.text}"
    return f"{block.text}\n{block.href}" if block.href else block.text
