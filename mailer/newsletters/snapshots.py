"""The copy of an article that a letter keeps."""

import re

from mailer.articles.models import Article as Source
from mailer.newsletters.block_types import Article
from mailer.newsletters.blocks import LINE_CHARACTERS, LINK, LINK_CHARACTERS

# A feed that writes "{{unsubscribe_url}}" would get each reader's own link.
OPENS_A_FIELD = re.compile(r"\{(?=\{)")


def copied(article: Source) -> Article:
    """The article as a block that can be read back; nothing in it acts as a merge field."""
    return Article(
        title=_plain(article.title)[:LINE_CHARACTERS],
        summary=_plain(article.summary),
        url=linked(article.url),
        image=article.image_path,
        alt=_plain(article.image_alt)[:LINE_CHARACTERS],
        width=article.image_width,
        height=article.image_height,
        article_id=article.id,
    )


def _plain(text: str) -> str:
    return OPENS_A_FIELD.sub("{ ", text)


def linked(url: str) -> str:
    """The address as a letter may lead to it; empty when it may not."""
    safe = url.replace("{", "%7B")
    return safe if LINK.fullmatch(safe) and len(safe) <= LINK_CHARACTERS else ""
