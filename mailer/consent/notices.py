"""The notices in force: texts with the settings and the rulebook's numbers filled in."""

from dataclasses import dataclass

from flask import current_app
from markdown_it import MarkdownIt
from markupsafe import Markup

from mailer import rulebook
from mailer.consent.evidence import sha256
from mailer.consent.models import NoticeKind

# No HTML passes: what the texts say is all that the page shows.
MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True)
class NoticeText:
    """A notice as it is shown; its body begins with its title."""

    kind: NoticeKind
    locale: str
    body: str

    @property
    def title(self) -> str:
        return self.body.partition("\n")[0].removeprefix("# ")

    @property
    def sha256(self) -> str:
        return sha256(self.body)

    @property
    def html(self) -> Markup:
        """All but the title, which each page sets at its own level."""
        return Markup(MARKDOWN.render(self.body.partition("\n")[2]))  # noqa: S704 - HTML is off above


def in_force(kind: NoticeKind, locale: str) -> NoticeText:
    """The text of that notice today, in that language."""
    config, rules = current_app.config, rulebook.load()
    # Not render_template, which asks for a request: the worker shows notices too.
    body = current_app.jinja_env.get_template(f"consent/notices/{locale}/{kind}.txt").render(
        organisation=config["ORGANISATION"],
        postal_address=config["POSTAL_ADDRESS"],
        phone=config["PHONE"],
        dpo=config["DPO_ADDRESS"],
        processors=config["PROCESSORS"],
        transfers=config["TRANSFERS"],
        figures=rules.figures,
        rights=rules.rights,
        authority=rules.authority,
    )
    return NoticeText(kind, locale, body.strip() + "\n")
