"""A letter taken apart for its rules: its texts and its links, each with its block and field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from mailer.newsletters import markdown
from mailer.newsletters.block_types import Article, Button, Columns, Event, Image, Kind, Section
from mailer.newsletters.blocks import Block
from mailer.newsletters.content import IssueContent
from mailer.newsletters.fields import TYPED

TEXTS = (Kind.LINE, Kind.PROSE)
# What looks like a link of light Markdown, whether or not the letter makes one of it.
WRITTEN_LINK = re.compile(r"\[([^\]\n]*)\]\(\s*([^)\s]*)[^)\n]*\)")
REFUSED_SCHEMES = frozenset({"file", "javascript", "vbscript", "data"})
SAMPLE_VALUE = "Camille"


@dataclass(frozen=True)
class Words:
    """A text that people read, where it stands, and whether it is light Markdown."""

    block: str
    field: str
    text: str
    is_prose: bool = False


@dataclass(frozen=True)
class Link:
    """A link, its words and its address; where it stands, and whether a picture carries it."""

    block: str
    field: str
    label: str
    url: str
    is_picture: bool = False


def words(content: IssueContent) -> Iterator[Words]:
    """Each text that an editor wrote, the envelope first."""
    yield Words("", "subject", content.subject)
    yield Words("", "preheader", content.preheader)
    for block in content.blocks:
        yield from words_of(block)


def words_of(block: Block) -> Iterator[Words]:
    """The texts of a block; what a section searches for is none."""
    for spec in fields(block.props):
        kind = Kind(spec.metadata["kind"])
        searched = isinstance(block.props, Section) and spec.name == "words"
        if kind in TEXTS and not searched and (text := getattr(block.props, spec.name)):
            yield Words(block.id, spec.name, text, kind is Kind.PROSE)


def links(content: IssueContent) -> Iterator[Link]:
    """Each link of the blocks, in the order of the page."""
    for block in content.blocks:
        yield from _of_fields(block)
        for found in words_of(block):
            if found.is_prose and not isinstance(block.props, Article):
                yield from _of_prose(found)


def _of_fields(block: Block) -> Iterator[Link]:
    match block.props:
        case Article() as article:
            yield Link(block.id, "url", article.title, article.url)
        case Button() as button:
            yield Link(block.id, "url", button.label, button.url)
        case Image() as image if image.url:
            yield Link(block.id, "url", image.alt, image.url, is_picture=True)
        case Event() as event if event.url:
            yield Link(block.id, "url", event.title, event.url)
        case Columns() as two:
            if two.left_url:
                label = two.left_label or two.left_title
                yield Link(block.id, "left_url", label, two.left_url)
            if two.right_url:
                label = two.right_label or two.right_title
                yield Link(block.id, "right_url", label, two.right_url)
        case _:
            pass


def _of_prose(found: Words) -> Iterator[Link]:
    made = [(label, _with_braces(url)) for label, url in markdown.links(found.text)]
    addresses = {url for _, url in made}
    # markdown-it makes no link of file: and javascript: addresses, whose brackets stay visible.
    refused = [pair for pair in WRITTEN_LINK.findall(found.text) if pair[1] not in addresses]
    dangerous = [pair for pair in refused if pair[1].partition(":")[0].lower() in REFUSED_SCHEMES]
    for label, url in (*made, *dangerous):
        yield Link(found.block, found.field, label, url)


def _with_braces(url: str) -> str:
    """The address with its merge fields as they were typed: markdown-it escapes their signs."""
    return url.replace("%7B", "{").replace("%7D", "}").replace("%7C", "|")


def as_read(text: str) -> str:
    """The text as somebody might read it: each merge field is its default, or a name."""
    return TYPED.sub(lambda typed: typed[2] or SAMPLE_VALUE, text)


def plain(text: str) -> str:
    """The words of a text in small letters, without punctuation, to compare it with others."""
    return " ".join(re.sub(r"[^\w ]", " ", text.replace("\u00a0", " ")).casefold().split())
