"""A letter is drawn once, for everyone: content | compose | inline | plaintext → Rendered."""

from dataclasses import fields, replace
from typing import Any

from mailer.newsletters.block_types import Props
from mailer.newsletters.compose import compose
from mailer.newsletters.content import FooterLink, IssueContent, Rendered
from mailer.newsletters.fields import mark
from mailer.newsletters.inline import inline
from mailer.newsletters.plaintext import plaintext


def render(content: IssueContent) -> Rendered:
    """The letter with its style inlined and its text part; merge fields stand in it as marks."""
    letter = marked(content)
    return Rendered(letter.subject, inline(compose(letter)), plaintext(letter))


def marked(content: IssueContent) -> IssueContent:
    """The same letter with each merge field of the allow-list turned into its mark."""
    links = tuple(FooterLink(link.label, mark(link.url)) for link in content.footer.links)
    blocks = tuple(replace(block, props=_marked(block.props)) for block in content.blocks)
    return replace(
        content,
        subject=mark(content.subject),
        preheader=mark(content.preheader),
        web_url=mark(content.web_url),
        blocks=blocks,
        footer=replace(content.footer, reason=mark(content.footer.reason), links=links),
    )


def _marked(props: Props) -> Props:
    texts: dict[str, Any] = {
        spec.name: mark(value)
        for spec in fields(props)
        if isinstance(value := getattr(props, spec.name), str)
    }
    return replace(props, **texts)
