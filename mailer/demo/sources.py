"""The agency's own feed as a source, already read once, with our copies of its pictures."""

from datetime import datetime

from mailer import links
from mailer.articles import illustrations, images, operations
from mailer.articles.fetch import Reading
from mailer.articles.models import Article
from mailer.articles.parse import parse
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


def _illustrate(row: Article, content: bytes) -> None:
    illustrations.attach(illustrations.Claimed(row.id, row.image_url), images.kept(content))
