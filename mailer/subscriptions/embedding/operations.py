"""Declaring sites, giving a list its look."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete

from mailer.audit.operations import record
from mailer.db import db
from mailer.subscriptions.embedding.models import EmbedOrigin, ListTheme


@dataclass(frozen=True)
class Look:
    """What staff typed; a logo of None keeps the one that is there."""

    accent: str
    title: str
    intro: str
    logo: bytes | None
    logo_alt: str


def declare(list_id: int, origins: Iterable[str], actor: str) -> None:
    """From now on these sites, and no others, may show the list's form."""
    db.session.execute(delete(EmbedOrigin).where(EmbedOrigin.list_id == list_id))
    db.session.add_all(
        EmbedOrigin(list_id=list_id, origin=origin) for origin in sorted(set(origins))
    )
    record(actor, "declare-origins", f"list:{list_id}")
    db.session.flush()


def dress(list_id: int, look: Look, actor: str) -> None:
    """Give the list's page its colour, words and logo."""
    theme = db.session.get(ListTheme, list_id) or ListTheme(list_id=list_id)
    theme.accent, theme.title, theme.intro = look.accent, look.title, look.intro
    theme.logo_alt = look.logo_alt
    if look.logo is not None:
        theme.logo = look.logo
    db.session.add(theme)
    record(actor, "dress", f"list:{list_id}")
    db.session.flush()


def undress(list_id: int, actor: str) -> None:
    """Let the list's page look as all pages do."""
    db.session.execute(delete(ListTheme).where(ListTheme.list_id == list_id))
    record(actor, "undress", f"list:{list_id}")
