"""The agency's own feed as a source, already read once, with our copies of its pictures."""

from datetime import datetime

from sqlalchemy import select

from mailer import links
from mailer.articles import illustrations, images, operations
from mailer.articles.fetch import Reading
from mailer.articles.models import Article, Source
from mailer.articles.parse import parse
from mailer.db import db
from mailer.demo import articles, pages

FEED = "/demo/flux.xml"


def load(at: datetime, actor: str) -> dict[str, Article]:
    """The articles that the worker would have fetched, by slug."""
    url = links.absolute(FEED)
    feed = parse(pages.written_feed(at).encode(), url, pages.ATOM)
    source = operations.add_source(Reading(url, feed), "", at, actor)
    rows = {row.url: row for row in source.articles}
    found = {each.slug: rows[links.absolute(each.path)] for each in articles.newest_first()}
    for slug, row in found.items():
        _illustrate(row, (articles.PICTURES / f"{slug}.jpg").read_bytes())
    return found


def site() -> str | None:
    """Where the fictional site stood when this was loaded; None when its feed was removed."""
    url = db.session.scalar(select(Source.url).where(Source.url.endswith(FEED)))
    return url.removesuffix(FEED) if url else None


def _illustrate(row: Article, content: bytes) -> None:
    illustrations.attach(illustrations.Claimed(row.id, row.image_url), images.kept(content))
