"""Reading sources and articles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from mailer.articles.models import Article, Lookup, Source
from mailer.db import db
from mailer.errors import NotFound

DATED = func.coalesce(Article.published_at, Article.first_seen_at)


@dataclass(frozen=True)
class Standing:
    """What an article says now; without a digest it went with its source."""

    digest: str = ""
    changed_at: datetime | None = None
    vanished_at: datetime | None = None

    @property
    def is_gone(self) -> bool:
        """Whether its page answers no more, or its source was removed."""
        return self.vanished_at is not None or not self.digest


def recent(limit: int) -> Sequence[Article]:
    """The latest articles that still stand, each once whatever its sources, newest first."""
    first = select(func.min(Article.id)).where(Article.vanished_at.is_(None)).group_by(Article.key)
    chosen = select(Article).where(Article.id.in_(first))
    return db.session.scalars(chosen.order_by(DATED.desc(), Article.id.desc()).limit(limit)).all()


def standing(article_ids: Iterable[int]) -> Mapping[int, Standing]:
    """For every one of these articles, what became of it since a letter copied it."""
    wanted = set(article_ids)
    columns = (Article.id, Article.digest, Article.changed_at, Article.vanished_at)
    rows = db.session.execute(select(*columns).where(Article.id.in_(wanted)))
    return {number: Standing() for number in wanted} | {row.id: Standing(*row[1:]) for row in rows}


def sources() -> Sequence[Source]:
    """All sources: those that fail first, then by name."""
    return db.session.scalars(
        select(Source).order_by(Source.failing_since.is_(None), Source.name, Source.id)
    ).all()


def failing_since(before: datetime) -> Sequence[Source]:
    """Those that are read again and again, and in vain since then or before."""
    is_read = Source.next_fetch_at.is_not(None)
    wanted = select(Source).where(is_read, Source.failing_since <= before)
    return db.session.scalars(wanted.order_by(Source.id)).all()


def source(source_id: int) -> Source:
    """The source; raises NotFound."""
    found = db.session.get(Source, source_id)
    if found is None:
        raise NotFound("source")
    return found


def lookup(lookup_id: int) -> Lookup:
    """The look at an address; raises NotFound, as it does once it was purged."""
    found = db.session.get(Lookup, lookup_id)
    if found is None:
        raise NotFound("lookup")
    return found


def lookups(actor: str, since: datetime) -> Sequence[Lookup]:
    """What that colleague gave since then and is no source yet, each address once, newest first."""
    given = select(func.max(Lookup.id)).where(Lookup.actor == actor, Lookup.asked_at > since)
    wanted = select(Lookup).where(
        Lookup.id.in_(given.group_by(Lookup.typed)), Lookup.source_id.is_(None)
    )
    return db.session.scalars(wanted.order_by(Lookup.id.desc())).all()


def article(article_id: int) -> Article:
    """The article; raises NotFound."""
    found = db.session.get(Article, article_id)
    if found is None:
        raise NotFound("article")
    return found


def counts() -> Mapping[int, int]:
    """How many articles each source has brought."""
    grouped = select(Article.source_id, func.count().label("articles")).group_by(Article.source_id)
    return {row.source_id: row.articles for row in db.session.execute(grouped)}


def count(source_id: int, *such: ColumnElement[bool]) -> int:
    """How many articles that source has brought, of those that are such."""
    counted = select(func.count()).where(Article.source_id == source_id, *such)
    return db.session.scalar(counted) or 0


def news(source: Source) -> int:
    """How many of its articles the last reading brought."""
    return count(source.id, Article.first_seen_at >= source.last_fetched_at)
