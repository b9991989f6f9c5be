"""The notices in force: the text that the officer published last, or else the one that ships."""

import re
from dataclasses import dataclass

from flask import current_app
from markdown_it import MarkdownIt
from markupsafe import Markup

from mailer.consent import placeholders
from mailer.consent.evidence import sha256
from mailer.consent.models import Notice, NoticeKind
from mailer.consent.queries import newest_source
from mailer.web.language import LANGUAGES

# No HTML passes: what the texts say is all that the page shows.
MARKDOWN = MarkdownIt("commonmark", {"html": False})
# Headings, to be shown two levels lower.
LOWERED = re.compile(r"^(#+ )", re.MULTILINE)

# Every notice that somebody may be shown.
SHOWN = tuple((kind, locale) for kind in NoticeKind for locale in LANGUAGES)


@dataclass(frozen=True)
class NoticeText:
    """A notice as it is shown; its body begins with its title, save an old text that has none."""

    kind: NoticeKind
    locale: str
    body: str

    @property
    def title(self) -> str:
        return self.body.partition("\n")[0].removeprefix("# ") if self._is_titled else ""

    @property
    def sha256(self) -> str:
        return sha256(self.body)

    @property
    def html(self) -> Markup:
        """All but the title, which each page sets at its own level."""
        return as_html(self.body.partition("\n")[2] if self._is_titled else self.body)

    @property
    def preview(self) -> Markup:
        """All of it below a heading of the second level, as the desk shows it."""
        return as_html(LOWERED.sub(r"##\1", self.body))

    @property
    def _is_titled(self) -> bool:
        return self.body.startswith("# ")


def as_html(markdown: str) -> Markup:
    """The text as a page shows it."""
    return Markup(MARKDOWN.render(markdown))  # noqa: S704 - HTML is off above


def in_force(kind: NoticeKind, locale: str) -> NoticeText:
    """The text of that notice today, in that language."""
    return filled(kind, locale, source(kind, locale))


def filled(kind: NoticeKind, locale: str, text: str) -> NoticeText:
    """That text with its placeholders filled in, as it would be shown today."""
    body = placeholders.fill(text, placeholders.values(locale))
    return NoticeText(kind, locale, body.strip() + "\n")


def source(kind: NoticeKind, locale: str) -> str:
    """The text in force before its placeholders are filled in."""
    own = newest_source(kind, locale)
    return own.body if own else shipped(kind, locale)


def shipped(kind: NoticeKind, locale: str) -> str:
    """The text that comes with the program."""
    name = f"consent/notices/{locale}/{kind}.txt"
    return current_app.jinja_env.get_template(name).render()


def shown_then(row: Notice) -> NoticeText:
    """The text of a kept version, as it was."""
    return NoticeText(row.kind, row.locale, row.body)
