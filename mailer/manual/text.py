"""One page of the manual: its Markdown as HTML, with its title, its sections, its links."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from mailer.errors import Invalid

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")

# What an address of the text becomes where the page is shown.
Leads = Callable[[str], str]


@dataclass(frozen=True)
class Section:
    """A heading of the second level, and the id that leads to it."""

    id: str
    title: str


@dataclass(frozen=True)
class Text:
    """A page without its title, which whoever shows it sets."""

    title: str
    sections: Sequence[Section]
    html: Markup


def read(markdown: str, leads: Leads) -> Text:
    """The page; Invalid for one that does not begin with a heading of the first level."""
    first, _, rest = markdown.partition("\n")
    if not first.startswith("# "):
        raise Invalid("a page of the manual begins with its title")
    tokens = MARKDOWN.parse(rest)
    sections = tuple(_sections(tokens))
    for token in _flat(tokens):
        for name in {"href", "src"} & token.attrs.keys():
            token.attrs[name] = leads(str(token.attrs[name]))
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return Text(first.removeprefix("# "), sections, Markup(html))  # noqa: S704 - HTML is off above


def _sections(tokens: Sequence[Token]) -> Iterator[Section]:
    """Give every heading an id; yield those of the second level."""
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        opening.attrs["id"] = anchor(inline.content)
        if opening.tag == "h2":
            yield Section(anchor(inline.content), inline.content)


def anchor(title: str) -> str:
    """The id of a heading: its letters and digits, without accents."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return NOT_IN_AN_ID.sub("-", plain).strip("-")


def _flat(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or ())
