"""What the rendering of a letter takes, and what it gives."""

from dataclasses import dataclass, field
from datetime import date

from mailer.newsletters.blocks import Block
from mailer.newsletters.themes.theme import Look, default_look


@dataclass(frozen=True)
class Draft:
    """What an editor may change of a letter."""

    subject: str
    preheader: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class FooterLink:
    """A link of the footer; the address may be a merge field."""

    label: str
    url: str


@dataclass(frozen=True)
class Footer:
    """Who writes, why, and how to leave: the part of a letter that is not the editor's."""

    organisation: str
    postal_address: str
    reason: str
    links: tuple[FooterLink, ...]


@dataclass(frozen=True)
class IssueContent:
    """A letter before it is drawn. `base_url` is ours, `web_url` where the letter itself is read.

    `read_more` words the link of an article, `add_to_calendar` that of a date; without the words
    there is no such link.
    """

    subject: str
    preheader: str
    language: str
    series: str
    blocks: tuple[Block, ...]
    footer: Footer
    read_more: str
    base_url: str
    add_to_calendar: str = ""
    web_url: str = "{{web_url}}"
    dated: date | None = None
    look: Look = field(default_factory=default_look)


@dataclass(frozen=True)
class Rendered:
    """A letter drawn once for everyone; merge fields stand in it as marks (see fields.py)."""

    subject: str
    html: str
    text: str
