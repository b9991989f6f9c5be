"""Light Markdown: paragraphs, bold, italic, links and lists; nothing else passes."""

from collections.abc import Sequence
from textwrap import fill

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

COLUMNS = 78
TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li"}
READER = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["emphasis", "link", "list", "newline", "escape"]
)


def to_html(source: str) -> str:
    """The source as HTML of the allow-list: no other tag, no style, no script address."""
    return nh3.clean(
        READER.render(source),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    ).strip()


def to_text(source: str) -> str:
    """The source as lines of at most 78 columns, each link after its words."""
    lines: list[str] = []
    bullet = ""
    for token in READER.parse(source):
        if token.type == "inline":
            lines += _wrapped(_inline(token.children or ()), bullet)
            bullet = ""
        elif token.type == "list_item_open":
            bullet = f"{token.info}. " if token.info else "- "
        elif token.level == 0 and token.nesting >= 0:
            lines.append("")
    return "\n".join(lines).strip("\n")


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """The text in lines of at most 78 columns; a longer word, such as an address, stays whole."""
    return fill(
        text,
        COLUMNS,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def links(source: str) -> list[tuple[str, str]]:
    """The words and the address of each link of the source."""
    found: list[tuple[str, str]] = []
    for token in READER.parse(source):
        found += _links(token.children or ())
    return found


def _wrapped(text: str, first: str) -> list[str]:
    rest = " " * len(first)
    parts = text.split("\n")
    return [wrapped(part, rest if at else first, rest) for at, part in enumerate(parts)]


def _inline(tokens: Sequence[Token]) -> str:
    words: list[str] = []
    address = ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            words.append("" if words and words[-1] == address else f" ({address})")
        else:
            words.append("\n" if token.tag == "br" else token.content)
    return "".join(words)


def _links(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    inside = False
    for token in tokens:
        if token.type == "link_open":
            inside = True
            found.append(("", str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            inside = False
        elif inside:
            found[-1] = (found[-1][0] + token.content, found[-1][1])
    return found
