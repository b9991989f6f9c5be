"""What would embarrass or harm if the letter left as it is: blocking faults, and advice."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import zip_longest

from mailer.newsletters import markdown
from mailer.newsletters.block_types import Article, Button, Heading, Image, Quote, Text
from mailer.newsletters.blocks import Block
from mailer.newsletters.content import IssueContent, Rendered
from mailer.newsletters.fields import unknown, without_default

# Gmail cuts a longer HTML part and hides the link to leave; 80 kB leaves room for the fields.
MOST_BYTES = 100_000
MANY_BYTES = 80_000
PREHEADER_CHARACTERS = range(40, 111)
# What the list of messages shows on most phones.
SUBJECT_CHARACTERS = 60
VAGUE = frozenset({"ici", "cliquez ici", "cliquer ici", "lien", "ce lien", "click here", "here"})
# Outlook for Windows shows no other format.
PICTURES = (".png", ".jpg", ".jpeg")


class Level(StrEnum):
    """Whether the letter may be approved as it is."""

    BLOCKS = "blocks"
    ADVICE = "advice"


class Rule(StrEnum):
    """Each thing that is looked at."""

    NO_SUBJECT = "no-subject"
    NO_BLOCK = "no-block"
    UNKNOWN_FIELD = "unknown-field"
    NO_DEFAULT = "no-default"
    NO_ALT = "no-alt"
    PICTURE_FORMAT = "picture-format"
    NO_PICTURE = "no-picture"
    NO_TITLE = "no-title"
    NO_LABEL = "no-label"
    NO_ADDRESS = "no-address"
    TOO_BIG = "too-big"
    BIG = "big"
    LONG_SUBJECT = "long-subject"
    NO_PREHEADER = "no-preheader"
    PREHEADER_LENGTH = "preheader-length"
    NO_ARTICLE = "no-article"
    ARTICLE_TWICE = "article-twice"
    EMPTY_PART = "empty-part"
    EMPTY_BLOCK = "empty-block"
    VAGUE_LINK = "vague-link"
    PLAIN_HTTP = "plain-http"


BLOCKING = frozenset(list(Rule)[: list(Rule).index(Rule.BIG)])


@dataclass(frozen=True)
class Finding:
    """One thing to mend; `detail` is the word or number it is about, `block` where it stands."""

    rule: Rule
    block: str = ""
    detail: str = ""

    @property
    def level(self) -> Level:
        return Level.BLOCKS if self.rule in BLOCKING else Level.ADVICE


def findings(content: IssueContent, rendered: Rendered) -> list[Finding]:
    """All that is to mend in the letter: what blocks first, in the order of the page."""
    found = [*_envelope(content), *_weight(rendered), *_order(content.blocks)]
    for block in content.blocks:
        found += _merge_fields(block.id, " ".join(_texts(block)))
        found += _block(block)
    return sorted(found, key=lambda finding: finding.rule not in BLOCKING)


def blocking(found: list[Finding]) -> list[Finding]:
    """Those that forbid approval."""
    return [finding for finding in found if finding.level is Level.BLOCKS]


def _envelope(content: IssueContent) -> Iterator[Finding]:
    subject, preheader = content.subject.strip(), content.preheader.strip()
    if not subject:
        yield Finding(Rule.NO_SUBJECT)
    if len(subject) > SUBJECT_CHARACTERS:
        yield Finding(Rule.LONG_SUBJECT, detail=str(len(subject)))
    if not preheader:
        yield Finding(Rule.NO_PREHEADER)
    elif len(preheader) not in PREHEADER_CHARACTERS:
        yield Finding(Rule.PREHEADER_LENGTH, detail=str(len(preheader)))
    yield from _merge_fields("", f"{subject} {preheader}")


def _weight(rendered: Rendered) -> Iterator[Finding]:
    weight = len(rendered.html.encode())
    if weight > MANY_BYTES:
        yield Finding(Rule.TOO_BIG if weight > MOST_BYTES else Rule.BIG, detail=str(weight))


def _order(blocks: tuple[Block, ...]) -> Iterator[Finding]:
    if not blocks:
        yield Finding(Rule.NO_BLOCK)
    articles = [block.props for block in blocks if isinstance(block.props, Article)]
    if blocks and not articles:
        yield Finding(Rule.NO_ARTICLE)
    for title, times in Counter(article.title for article in articles).items():
        if title and times > 1:
            yield Finding(Rule.ARTICLE_TWICE, detail=title)
    for block, following in zip_longest(blocks, blocks[1:]):
        alone = following is None or isinstance(following.props, Heading)
        if isinstance(block.props, Heading) and block.props.text and alone:
            yield Finding(Rule.EMPTY_PART, block.id, block.props.text)


def _texts(block: Block) -> Iterator[str]:
    values = (getattr(block.props, spec.name) for spec in fields(block.props))
    return (value for value in values if isinstance(value, str))


def _merge_fields(block: str, text: str) -> Iterator[Finding]:
    for name in unknown(text):
        yield Finding(Rule.UNKNOWN_FIELD, block, name)
    for name in without_default(text):
        yield Finding(Rule.NO_DEFAULT, block, name)


def _block(block: Block) -> Iterator[Finding]:
    match block.props:
        case Article() as article:
            yield from _article(block.id, article)
        case Image() as image:
            yield from _picture(block.id, image)
            if not image.image:
                yield Finding(Rule.NO_PICTURE, block.id)
        case Button() as button:
            yield from _link(block.id, button.label, button.url)
            if not button.label.strip():
                yield Finding(Rule.NO_LABEL, block.id)
        case Text() as text:
            for label, url in markdown.links(text.text):
                yield from _link(block.id, label, url)
        case _:
            pass
    if isinstance(block.props, Heading | Text | Quote) and not block.props.text.strip():
        yield Finding(Rule.EMPTY_BLOCK, block.id)


def _article(block: str, article: Article) -> Iterator[Finding]:
    if not article.title.strip():
        yield Finding(Rule.NO_TITLE, block)
    yield from _link(block, article.title, article.url)
    if article.image:
        yield from _picture(block, article)


def _picture(block: str, picture: Article | Image) -> Iterator[Finding]:
    if picture.image and not picture.decorative and not picture.alt.strip():
        yield Finding(Rule.NO_ALT, block)
    if picture.image and not picture.image.lower().endswith(PICTURES):
        yield Finding(Rule.PICTURE_FORMAT, block, picture.image.rpartition(".")[2])


def _link(block: str, label: str, url: str) -> Iterator[Finding]:
    if not url:
        yield Finding(Rule.NO_ADDRESS, block)
    if re.sub(r"[^\w ]", "", label).strip().casefold() in VAGUE:
        yield Finding(Rule.VAGUE_LINK, block, label)
    if url.startswith("http:"):
        yield Finding(Rule.PLAIN_HTTP, block, url)
