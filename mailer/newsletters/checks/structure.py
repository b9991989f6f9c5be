"""The parts of a letter: what opens them, what is in them, in which order they are read."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from mailer.newsletters.block_types import (
    Article,
    Button,
    Columns,
    Contents,
    Divider,
    Event,
    Figure,
    Heading,
    Quote,
    Section,
    Text,
)
from mailer.newsletters.blocks import Block
from mailer.newsletters.checks.envelope import shouts
from mailer.newsletters.checks.reading import words_of
from mailer.newsletters.checks.rules import Finding, Rule
from mailer.newsletters.content import IssueContent

# A paragraph of a few bold words alone: a title to the eye, not to a screen reader.
BOLD_LINE = re.compile(r"(?:\A|\n)\s*(\*\*|__)([^*_\n]{2,80})\1\s*(?=\n|\Z)")
CAPITALS = re.compile(r"[A-ZÀ-Þ]{2,}(?:[\s’'-]+[A-ZÀ-Þ]{2,}){3,}")


def findings(content: IssueContent) -> Iterator[Finding]:
    """Parts without a title or without anything in them, and titles that are none."""
    blocks = content.blocks
    if not blocks:
        yield Finding(Rule.NO_BLOCK)
    for block, following in zip_longest(blocks, blocks[1:]):
        yield from _block(block)
        yield from _part(block, following)
        for found in words_of(block):
            capitals = CAPITALS.search(found.text)
            if capitals or (isinstance(block.props, Heading) and shouts(found.text)):
                detail = capitals[0] if capitals else found.text
                yield Finding(Rule.SHOUTED_TEXT, block.id, detail, found.field)
    headings = sum(isinstance(block.props, Heading) for block in blocks)
    if not headings:
        for block in blocks:
            if isinstance(block.props, Contents):
                yield Finding(Rule.NO_PARTS, block.id)


def _part(block: Block, following: Block | None) -> Iterator[Finding]:
    if isinstance(block.props, Heading) and block.props.text.strip():
        nothing = following is None or isinstance(following.props, Heading | Divider)
        if nothing:
            yield Finding(Rule.EMPTY_PART, block.id, block.props.text, "text")


def _block(block: Block) -> Iterator[Finding]:
    match block.props:
        case Article(title=title) | Event(title=title) if not title.strip():
            yield Finding(Rule.NO_TITLE, block.id, field="title")
        case Button(label=label) if not label.strip():
            yield Finding(Rule.NO_LABEL, block.id, field="label")
        case Heading(text=text) | Text(text=text) | Quote(text=text) if not text.strip():
            yield Finding(Rule.EMPTY_BLOCK, block.id, field="text")
        case Figure(value=value, text=text) if not value.strip() or not text.strip():
            yield Finding(Rule.EMPTY_BLOCK, block.id, field="text" if value.strip() else "value")
        case Columns() as two if not (two.left_text.strip() and two.right_text.strip()):
            side = "right_text" if two.left_text.strip() else "left_text"
            yield Finding(Rule.EMPTY_BLOCK, block.id, field=side)
        case Section(least=least, newest=newest) if least > newest:
            yield Finding(Rule.NEVER_FILLED, block.id, str(newest), "least")
        case Text(text=text) if bold := BOLD_LINE.search(text):
            yield Finding(Rule.FALSE_HEADING, block.id, bold[2], "text")
        case _:
            pass
