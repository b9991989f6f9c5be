"""Reading themes, and what was chosen of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from mailer.db import db
from mailer.errors import NotFound
from mailer.newsletters.models import Issue, Newsletter
from mailer.newsletters.themes import found
from mailer.newsletters.themes.models import LetterLook
from mailer.newsletters.themes.theme import DEFAULT, Logo, Look, Theme, built_in
from mailer.newsletters.themes.tokens import Colour, Role


def offered() -> Mapping[str, Theme]:
    """The themes that a letter may have, by name."""
    return {**built_in(), **found.accepted()}


def theme(name: str) -> Theme:
    """The theme; raises NotFound when it is not offered."""
    asked = offered().get(name)
    if asked is None:
        raise NotFound("theme")
    return asked


def look(name: str, newsletter_id: int | None) -> Look:
    """How that series looks in the theme, and in the default one when it is offered no more."""
    themes = offered()
    return chosen(themes.get(name) or themes[DEFAULT], newsletter_id)


def chosen(theme: Theme, newsletter_id: int | None) -> Look:
    """The theme with the tokens of the series, else of all series, else its own."""
    row = kept(theme.name, newsletter_id) or kept(theme.name, None)
    return Look(theme, theme.tokens) if row is None else _dressed(theme, row)


def kept(name: str, newsletter_id: int | None) -> LetterLook | None:
    """What was chosen for exactly that."""
    wanted = select(LetterLook).where(LetterLook.theme == name)
    return db.session.scalar(
        wanted.where(LetterLook.newsletter_id.is_not_distinct_from(newsletter_id))
    )


def last_used(newsletter_id: int) -> str:
    """The theme of the newest letter of the series, for the next one."""
    wanted = select(Issue.theme).where(Issue.newsletter_id == newsletter_id)
    return db.session.scalar(wanted.order_by(Issue.id.desc()).limit(1)) or DEFAULT


def series(newsletter_id: int) -> Newsletter | None:
    """The series of that number."""
    return db.session.get(Newsletter, newsletter_id)


def all_series() -> Sequence[Newsletter]:
    """The series of letters, by name."""
    return db.session.scalars(select(Newsletter).order_by(Newsletter.name)).all()


def _dressed(theme: Theme, row: LetterLook) -> Look:
    colours = {
        role: Colour(*row.colours[role]) if role in row.colours else theme.tokens.colours[role]
        for role in Role
    }
    tokens = replace(
        theme.tokens,
        colours=colours,
        text_font=row.text_font,
        title_font=row.title_font,
        width=row.width,
        radius=row.radius,
    )
    logo = Logo(row.logo, row.logo_width, row.logo_height) if row.logo else None
    return Look(theme, tokens, logo)
