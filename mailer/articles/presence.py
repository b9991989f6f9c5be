"""Whether the pages of articles still stand: which to ask for next, and what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from mailer.articles.data import Presence
from mailer.articles.models import Article
from mailer.db import db

EVERY = timedelta(days=1)
# What may have been a slip of the site is looked at again the same morning.
SOON = timedelta(hours=1)
# No letter is made of what is older.
RECENT = 28 * EVERY


@dataclass(frozen=True)
class Claimed:
    """A page that this worker asks for now, and when it was asked for before."""

    article_id: int
    url: str
    asked_at: datetime | None


def claim(at: datetime) -> Claimed | None:
    """The article whose page has waited longest, ours until it is due again; or None."""
    article = db.session.scalar(
        select(Article)
        .where(Article.page_due_at <= at)
        .order_by(Article.page_due_at, Article.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Article)
    )
    if article is None:
        return None
    article.page_due_at = due_again(article.published_at or article.first_seen_at, at)
    return Claimed(article.id, article.url, article.page_asked_at)


def due_again(published_at: datetime, at: datetime) -> datetime | None:
    """When to ask again for the page of an article of that day; None when it is old."""
    return at + EVERY if at - published_at < RECENT else None


def note(article_id: int, found: Presence, at: datetime) -> None:
    """Remember whether the page stands; a site that is down says nothing of its pages."""
    article = db.session.get(Article, article_id)
    if article is None or found is Presence.UNKNOWN:
        return
    article.page_asked_at = at
    if found is Presence.THERE:
        article.vanished_at = None
        return
    if article.vanished_at is None:
        article.vanished_at, article.page_due_at = at, at + SOON
