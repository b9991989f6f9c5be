"""Blocks and theme become one HTML page, its style not yet on its elements."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from markupsafe import Markup

from mailer.newsletters import drawing
from mailer.newsletters.block_types import Article, Heading, Props
from mailer.newsletters.blocks import Block
from mailer.newsletters.content import IssueContent
from mailer.newsletters.themes import sheets
from mailer.newsletters.themes.theme import Theme

PAGE, STYLE, SCREENS = "letter.html", "letter.css", "screens.css"
# What keeps the words of the letter out of the line below its subject.
FILLER = "\u034f\u200c\u00a0" * 40


@dataclass(frozen=True)
class Drawn:
    """A block as its partial takes it.

    `level` is the rank of its title, `number` that of the block among those of its type, `at` its
    place in a run of its like, from 0; `closes` says that the run ends with it, `after` is the type
    of the block above.
    """

    id: str
    type: str
    props: Props
    level: int
    number: int
    at: int
    closes: bool
    after: str


@dataclass(frozen=True)
class Part:
    """A line of the contents: the block that it leads to, and its title."""

    id: str
    title: str


def compose(content: IssueContent) -> str:
    """The letter's page, with the theme's style in its head."""
    look = content.look
    css = source(look.theme, STYLE)
    return (
        drawing.html(look.theme)
        .get_template(PAGE)
        .render(
            letter=content,
            blocks=drawn(content.blocks),
            contents=parts(content.blocks),
            look=look,
            tokens=look.tokens,
            filler=FILLER,
            style=_sheet(sheets.style(css, look.tokens)),
            screens=_sheet(sheets.style(source(look.theme, SCREENS), look.tokens)),
            dark_screens=_sheet(sheets.dark_screens(css, look.tokens)),
        )
    )


def _sheet(css: str) -> Markup:
    """A style sheet as it stands in the page: nothing in it can end its element."""
    return Markup(css.replace("<", ""))  # noqa: S704 - no tag without its first character


def source(theme: Theme, name: str) -> str:
    """A style sheet of the theme as it was written."""
    return (theme.folder / name).read_text(encoding="utf-8")


def drawn(blocks: tuple[Block, ...]) -> tuple[Drawn, ...]:
    """The blocks with their place among the others."""
    return tuple(_drawn([block for block in blocks if block.type != "section"]))


def parts(blocks: tuple[Block, ...]) -> tuple[Part, ...]:
    """What the contents name: the titles of parts, or of articles in a letter without parts."""
    titles = [Part(b.id, b.props.text) for b in blocks if isinstance(b.props, Heading)]
    articles = [Part(b.id, b.props.title) for b in blocks if isinstance(b.props, Article)]
    return tuple(part for part in titles or articles if part.title)


def _drawn(blocks: list[Block]) -> Iterator[Drawn]:
    level, at, after = 2, 0, ""
    numbers: dict[str, int] = {}
    for block, following in zip_longest(blocks, blocks[1:]):
        numbers[block.type] = number = numbers.get(block.type, 0) + 1
        heads = isinstance(block.props, Heading)
        closes = following is None or _like(following) != _like(block)
        rank = 2 if heads else level
        yield Drawn(block.id, block.type, block.props, rank, number, at, closes, after)
        after = block.type
        level = 3 if heads else level
        at = 0 if closes else at + 1


def _like(block: Block) -> tuple[str, str]:
    return block.type, block.props.layout if isinstance(block.props, Article) else ""
