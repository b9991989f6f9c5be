"""Giving articles their pictures: which to fetch next, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from mailer.articles.images import Picture
from mailer.articles.models import Article
from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import NotFound

ATTEMPTS = 3
PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class Claimed:
    """An image that this worker fetches now."""

    article_id: int
    url: str


def claim(at: datetime) -> Claimed | None:
    """The newest article whose image is due, ours until it is due again; or None."""
    article = db.session.scalar(
        select(Article)
        .where(Article.image_due_at <= at)
        .order_by(Article.id.desc())
        .limit(1)
        .with_for_update(skip_locked=True, of=Article)
    )
    if article is None:
        return None
    article.image_attempts += 1
    last = article.image_attempts >= ATTEMPTS
    article.image_due_at = None if last else at + PAUSE * article.image_attempts
    return Claimed(article.id, article.image_url)


def attach(claimed: Claimed, picture: Picture) -> None:
    """Give the article its picture, unless it names another one by now."""
    article = db.session.get(Article, claimed.article_id)
    if article is None or article.image_url != claimed.url:
        return
    article.picture, article.picture_small = picture.name, picture.small.name
    article.image_due_at = article.image_failure = None
    article.image_width, article.image_height = picture.width, picture.height


def note_failure(claimed: Claimed, reason: str) -> None:
    """Remember why the image did not come; it is tried again when its turn is due."""
    article = db.session.get(Article, claimed.article_id)
    if article is not None and article.image_url == claimed.url:
        article.image_failure = reason


def give_up(claimed: Claimed, reason: str) -> None:
    """Fetch the image no more: what stands there is none that we take."""
    note_failure(claimed, reason)
    article = db.session.get(Article, claimed.article_id)
    if article is not None and article.image_url == claimed.url:
        article.image_due_at = None


def describe(article_id: int, alternative: str, at: datetime, actor: str) -> None:
    """Give the article's image the alternative text, which later readings leave alone."""
    article = db.session.get(Article, article_id)
    if article is None:
        raise NotFound("article")
    article.image_alt, article.alt_written_at = alternative, at
    record(actor, "article.described", f"article:{article_id}")
