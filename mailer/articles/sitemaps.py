"""News sitemaps: the list of recent articles that a site publishes for search engines."""

from itertools import islice

from lxml import etree

from mailer.articles import dates, markup
from mailer.articles.data import ArticleData, Feed, Kind, Problem, UnreadableError
from mailer.articles.elements import Element
from mailer.articles.feeds import MAX_ENTRIES, local

ROOTS = frozenset({"urlset"})


def read(root: etree._Element, base: str) -> Feed:
    """The articles of a sitemap; one without titles raises UnreadableError."""
    nodes = islice((node for node in root if local(node) == "url"), MAX_ENTRIES)
    found = (article(Element(node, base)) for node in nodes)
    entries = tuple(entry for entry in found if entry.title)
    if not entries:
        raise UnreadableError(Problem.NO_ARTICLE)
    return Feed("", Kind.SITEMAP, entries)


def article(item: Element) -> ArticleData:
    """One `url` with its news and its first picture."""
    return ArticleData(
        title=markup.title(item.text("news:title")),
        url=markup.web_url(item.text("loc"), item.base),
        published_at=dates.read(item.text("news:publication_date") or item.text("lastmod")),
        image_url=markup.web_url(item.text("image:loc"), item.base),
        image_alt=markup.title(item.text("image:caption", "image:title")),
    )
