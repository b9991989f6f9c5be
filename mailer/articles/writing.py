"""Articles that editors type by hand, for what stands in no feed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from mailer.articles.changes import Entry, digest, key
from mailer.articles.data import ArticleData, Kind
from mailer.articles.images import Picture
from mailer.articles.models import Article, Source
from mailer.articles.operations import forget_picture, tell
from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import Conflict, NotFound

# Its name in the record; pages show it in the reader's language.
NAME = "Saisis à la main"


@dataclass(frozen=True)
class Written:
    """What an editor typed; without a new picture the article keeps the one it has."""

    title: str
    summary: str
    url: str
    published_at: datetime | None
    alternative: str = ""
    picture: Picture | None = None


def write(written: Written, at: datetime, actor: str) -> Article:
    """The new article; Conflict when another one that was typed leads to its address."""
    article = Article(source_id=_source(at).id, first_seen_at=at, image_url="")
    _fill(article, written, at)
    db.session.add(article)
    db.session.flush()
    record(actor, "article.written", f"article:{article.id}")
    return article


def rewrite(article_id: int, written: Written, at: datetime, actor: str) -> None:
    """Say it anew; raises NotFound for what a source brought, Conflict as `write` does."""
    article = typed(article_id)
    before = article.digest
    _fill(article, written, at)
    if article.digest != before:
        article.changed_at = at
    record(actor, "article.rewritten", f"article:{article_id}")
    db.session.flush()


def drop_picture(article_id: int) -> None:
    """Take the picture away from the article."""
    article = typed(article_id)
    forget_picture(article, None)
    article.image_url = article.image_alt = ""


def remove(article_id: int, actor: str) -> str:
    """Forget the article and return its title; letters keep their copies."""
    article = typed(article_id)
    db.session.delete(article)
    record(actor, "article.removed", f"article:{article_id}")
    db.session.flush()
    return article.title


def typed(article_id: int) -> Article:
    """The article, which an editor typed; raises NotFound."""
    article = db.session.get(Article, article_id)
    if article is None or article.source.kind is not Kind.TYPED:
        raise NotFound("article")
    return article


def _source(at: datetime) -> Source:
    """The one source of everything that is typed."""
    source = db.session.scalar(select(Source).where(Source.kind == Kind.TYPED))
    if source is None:
        source = Source(name=NAME, kind=Kind.TYPED, added_at=at, last_fetched_at=at)
        db.session.add(source)
        db.session.flush()
    return source


def _fill(article: Article, written: Written, at: datetime) -> None:
    _refuse_twice(article, key(written.url))
    picture = written.picture
    if picture is not None:
        forget_picture(article, None)
        article.picture, article.picture_small = picture.name, picture.small.name
        article.image_width, article.image_height = picture.width, picture.height
    data = ArticleData(
        title=written.title,
        url=written.url,
        published_at=written.published_at,
        summary=written.summary,
        image_url=article.image_path,
        image_alt=written.alternative,
    )
    # The text of the form is the newest, whatever was written before.
    article.alt_written_at = None
    tell(article, Entry(data, key(data.url), digest(data)), at)


def _refuse_twice(article: Article, same: str) -> None:
    with db.session.no_autoflush:
        mine = select(Article.id).where(Article.source_id == article.source_id, Article.key == same)
        if db.session.scalar(mine) not in {None, article.id}:
            raise Conflict("article")
