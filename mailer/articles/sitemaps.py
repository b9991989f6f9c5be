"""Sitemaps: the addresses that a site gives to search engines, with titles in those of news."""

from datetime import UTC, datetime
from itertools import islice

from lxml import etree

from mailer.articles import dates, markup
from mailer.articles.data import ArticleData, Feed, Given, Kind, Problem, UnreadableError
from mailer.articles.elements import Element
from mailer.articles.feeds import MAX_ENTRIES, local

# A sitemap may list 50,000 addresses (sitemaps.org, protocol).
MAX_ADDRESSES = 50_000
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# The parts of a site that hold articles, as WordPress, Yoast and Drupal name them.
TELLING = ("news", "actu", "post", "article", "blog")


def read(root: etree._Element, base: str) -> Feed:
    """The articles of a sitemap: with their titles, else as pages that must be read one by one."""
    nodes = islice((node for node in root if local(node) == "url"), MAX_ADDRESSES)
    found = [article(Element(node, base)) for node in nodes]
    entries = tuple(entry for entry in found if entry.title)[:MAX_ENTRIES]
    pages = () if entries else newest_first([entry for entry in found if entry.url])
    if not entries and not pages:
        raise UnreadableError(Problem.NO_ARTICLE)
    return Feed("", Kind.SITEMAP, entries, pages=pages)


def newest_first(found: list[ArticleData]) -> tuple[ArticleData, ...]:
    """The pages by the day they changed; of those without one, the last in the list."""
    earlier = sorted(found, key=lambda page: page.published_at or LONG_AGO)
    return tuple(earlier[: -MAX_ENTRIES - 1 : -1])


def article(item: Element) -> ArticleData:
    """One `url` with its news and its first picture."""
    date = item.text("news:publication_date") or item.text("lastmod")
    return ArticleData(
        title=markup.title(item.text("news:title")),
        url=markup.web_url(item.text("loc"), item.base),
        published_at=dates.read(date),
        image_url=markup.web_url(item.text("image:loc"), item.base),
        image_alt=markup.title(item.text("image:caption", "image:title")),
        given=Given(markup.plain_title(date), markup.plain_title(item.text("loc"))),
    )


def read_index(root: etree._Element, base: str) -> Feed:
    """The sitemaps of an index as feeds, the likeliest to hold articles first."""
    nodes = islice((node for node in root if local(node) == "sitemap"), MAX_ENTRIES)
    found = newest_first([entry for node in nodes if (entry := article(Element(node, base))).url])
    urls = sorted((entry.url for entry in found), key=rank)
    if not urls:
        raise UnreadableError(Problem.NO_ARTICLE)
    return Feed("", Kind.SITEMAP, (), feeds=tuple(dict.fromkeys(urls)))


def rank(url: str) -> int:
    """How unlikely it is that articles stand in the sitemap of that address."""
    name = url.rpartition("/")[2].lower()
    return next((n for n, word in enumerate(TELLING) if word in name), len(TELLING))
