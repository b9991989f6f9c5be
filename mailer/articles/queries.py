"""Reading sources and articles."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from mailer.articles.models import Article, Source
from mailer.db import db
from mailer.errors import NotFound


def recent(limit: int) -> Sequence[Article]:
    """The latest articles, each address once, by their own date or the day we saw them."""
    first = select(func.min(Article.id)).group_by(Article.key)
    dated = func.coalesce(Article.published_at, Article.first_seen_at)
    chosen = select(Article).where(Article.id.in_(first))
    return db.session.scalars(chosen.order_by(dated.desc(), Article.id.desc()).limit(limit)).all()


def sources() -> Sequence[Source]:
    """All sources: those that fail first, then by name."""
    return db.session.scalars(
        select(Source).order_by(Source.failing_since.is_(None), Source.name, Source.id)
    ).all()


def source(source_id: int) -> Source:
    """The source; raises NotFound."""
    found = db.session.get(Source, source_id)
    if found is None:
        raise NotFound("source")
    return found


def counts() -> Mapping[int, int]:
    """How many articles each source has brought."""
    grouped = select(Article.source_id, func.count().label("articles")).group_by(Article.source_id)
    return {row.source_id: row.articles for row in db.session.execute(grouped)}
