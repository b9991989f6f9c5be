"""A whole letter with its typography mended."""

from dataclasses import replace

from mailer.newsletters.blocks import Block
from mailer.newsletters.checks.reading import words_of
from mailer.newsletters.content import IssueContent
from mailer.newsletters.typography import mended


def typeset(content: IssueContent) -> IssueContent:
    """The same letter, its texts as the printers of its language set them."""
    return replace(
        content,
        subject=mended(content.subject, content.language),
        preheader=mended(content.preheader, content.language),
        blocks=tuple(set_block(block, content.language) for block in content.blocks),
    )


def set_block(block: Block, language: str) -> Block:
    """The same block, its texts set so."""
    texts = {found.field: mended(found.text, language) for found in words_of(block)}
    # mypy cannot know that the fields are those of this type: words_of() has just named them.
    return replace(block, props=replace(block.props, **texts))  # type: ignore[arg-type]
