"""Choosing how letters look."""

from dataclasses import astuple
from datetime import datetime

from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import Conflict
from mailer.newsletters.models import Issue
from mailer.newsletters.themes import queries
from mailer.newsletters.themes.models import LetterLook
from mailer.newsletters.themes.theme import Look


def dress(look: Look, newsletter_id: int | None, actor: str) -> None:
    """From now on letters of the series, or of all without a look of their own, look so."""
    name, tokens, logo = look.theme.name, look.tokens, look.logo
    row = queries.kept(name, newsletter_id) or LetterLook(theme=name, newsletter_id=newsletter_id)
    row.colours = {role: list(astuple(colour)) for role, colour in tokens.colours.items()}
    row.text_font, row.title_font = tokens.text_font, tokens.title_font
    row.width, row.radius = tokens.width, tokens.radius
    row.logo, row.logo_width, row.logo_height = astuple(logo) if logo else ("", 0, 0)
    db.session.add(row)
    record(actor, "dress", f"theme:{name}:{newsletter_id or 'all'}")
    db.session.flush()


def undress(name: str, newsletter_id: int | None, actor: str) -> None:
    """Back to what the theme is for all, or to the theme as it comes."""
    if row := queries.kept(name, newsletter_id):
        db.session.delete(row)
        record(actor, "undress", f"theme:{name}:{newsletter_id or 'all'}")
        db.session.flush()


def choose(issue: Issue, name: str, revision: int, at: datetime) -> None:
    """Draw the letter in that theme; raises NotFound for an unknown one.

    Raises Conflict when somebody saved since that revision, or approved.
    """
    if not issue.is_draft or issue.revision != revision:
        raise Conflict("issue")
    issue.theme = queries.theme(name).name
    issue.revision += 1
    issue.updated_at = at
    db.session.flush()
