"""The pictures of a letter, and what stands for them."""

import re
from collections.abc import Iterator

from mailer.newsletters.block_types import Article, Image
from mailer.newsletters.blocks import Block
from mailer.newsletters.checks.reading import plain, words_of
from mailer.newsletters.checks.rules import Finding, Rule
from mailer.newsletters.content import IssueContent

# Outlook for Windows shows no other format.
FORMATS = (".png", ".jpg", ".jpeg")
FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|heic)|(?:img|dsc[nf]?|image|photo|capture|screenshot)"
    r"[ _-]?\d{2,}.*|[\w-]*[a-z][\w-]*_[\w-]*\d[\w-]*",
    re.IGNORECASE,
)
PICTURE_OF = re.compile(
    r"(?:une? )?(?:image|photo|photographie|illustration|visuel|logo|picture|photograph)s?"
    r"(?: (?:de|du|des|d[’'].*|montrant|représentant|of|showing)\b.*)?"
    r"|an? (?:image|photo|picture) of\b.*",
    re.IGNORECASE,
)
LONG = 150
NARROWEST = 300
FEWEST_WORDS = 10


def findings(content: IssueContent) -> Iterator[Finding]:
    """Pictures that are missing, unseen by some mail clients, or that say nothing to the blind."""
    before = ""
    for block in content.blocks:
        match block.props:
            case Image() | Article() as picture:
                yield from _picture(block.id, picture)
                alt = plain(picture.alt) if picture.image and not picture.decorative else ""
                if alt and alt == before:
                    yield Finding(Rule.SAME_ALT, block.id, picture.alt, "alt")
                before = alt or before
            case _:
                pass
    yield from _only_pictures(content.blocks)


def _picture(block: str, picture: Image | Article) -> Iterator[Finding]:
    if isinstance(picture, Image):
        if not picture.image:
            yield Finding(Rule.NO_PICTURE, block, field="image")
        if picture.url and picture.decorative:
            yield Finding(Rule.DECORATIVE_LINK, block, picture.url, "decorative")
    elif picture.alt and plain(picture.alt) == plain(picture.title) and picture.image:
        yield Finding(Rule.ALT_IS_TITLE, block, field="alt")
    if not picture.image:
        return
    if not picture.image.lower().endswith(FORMATS):
        yield Finding(Rule.PICTURE_FORMAT, block, picture.image.rpartition(".")[2], "image")
    wide = isinstance(picture, Image) or picture.layout == "large"
    if wide and 0 < picture.width < NARROWEST:
        yield Finding(Rule.SMALL_PICTURE, block, str(picture.width), "image")
    if not picture.decorative and (rule := _alternative(picture.alt.strip())):
        yield Finding(rule, block, picture.alt, "alt")


def _alternative(alt: str) -> Rule | None:
    if not alt:
        return Rule.NO_ALT
    if FILE_NAME.fullmatch(alt):
        return Rule.FILE_NAME_ALT
    if PICTURE_OF.fullmatch(alt):
        return Rule.PICTURE_OF_ALT
    return Rule.LONG_ALT if len(alt) > LONG else None


def _only_pictures(blocks: tuple[Block, ...]) -> Iterator[Finding]:
    pictures = sum(bool(getattr(block.props, "image", "")) for block in blocks)
    texts = [w for block in blocks for w in words_of(block) if w.field not in {"alt", "label"}]
    count = sum(len(text.text.split()) for text in texts)
    if pictures and count < FEWEST_WORDS:
        yield Finding(Rule.FEW_WORDS, detail=str(count))
