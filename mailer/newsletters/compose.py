"""Blocks and theme become one HTML page, its style not yet on its elements."""

from collections.abc import Iterator
from dataclasses import dataclass

from mailer.newsletters.block_types import Heading, Props
from mailer.newsletters.blocks import Block
from mailer.newsletters.content import IssueContent
from mailer.newsletters.drawing import HTML

THEME = "estran"


@dataclass(frozen=True)
class Drawn:
    """A block as its partial takes it; `level` is the rank of its title."""

    id: str
    type: str
    props: Props
    level: int


def compose(content: IssueContent) -> str:
    """The letter's page, with the theme's style in its head."""
    template = HTML.get_template(f"mail/{THEME}.html")
    return template.render(letter=content, blocks=tuple(_drawn(content.blocks)))


def _drawn(blocks: tuple[Block, ...]) -> Iterator[Drawn]:
    level = 2
    for block in blocks:
        heads = isinstance(block.props, Heading)
        yield Drawn(block.id, block.type, block.props, 2 if heads else level)
        level = 3 if heads else level
