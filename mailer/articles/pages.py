"""A plain page: its article by JSON-LD, Open Graph and title, and the feeds that it announces."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from mailer.articles import dates, markup
from mailer.articles.data import ArticleData, Feed, Given, Kind, Problem, UnreadableError
from mailer.articles.json_feeds import at, text_at

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
# The types of schema.org that are articles end so: NewsArticle, BlogPosting, Report.
ARTICLE_TYPES = ("Article", "Posting", "Report")
MAX_LINKED_DATA = 20
# "Commentaires pour Le port", /comments/feed/
COMMENTS = re.compile(r"\bcomment", re.IGNORECASE)


class Page:
    """What the head of a page says of it."""

    def __init__(self, root: etree._Element, base: str) -> None:
        self.root, self.base = root, base
        self.meta = {
            (node.get("property") or node.get("name") or "").lower(): node.get("content") or ""
            for node in reversed(list(root.iter("meta")))
        }
        self.data: dict[str, Any] = next(linked_articles(root), {})

    def said(self, *names: str) -> str:
        """The first of those meta elements that says something."""
        return next(filter(None, (self.meta.get(name, "").strip() for name in names)), "")


def read(text: str, base: str) -> Feed:
    """The article of the page and the feeds it announces; UnreadableError when there is neither."""
    root = markup.tree(text)
    if root is None:
        raise UnreadableError(Problem.NOT_A_FEED)
    page = Page(root, base)
    feeds = tuple(dict.fromkeys(announced(page)))
    entries = (article(page),) if is_one_article(page) or (not feeds and shows_one(page)) else ()
    if not entries and not feeds:
        raise UnreadableError(Problem.NOT_A_FEED)
    return Feed(markup.plain_title(page.said("og:site_name")), Kind.PAGE, entries, feeds)


def is_one_article(page: Page) -> bool:
    """Whether the page says of itself that it is an article."""
    return bool(page.data) or page.said("og:type").lower() == "article"


def shows_one(page: Page) -> bool:
    """Whether the page, which says nothing of itself, has one article and a title in it."""
    found = islice(page.root.iter("article"), 2)
    return len(list(found)) == 1 and bool(heading(page)) and not page.said("og:type")


def announced(page: Page) -> Iterator[str]:
    """The feeds in the head (RSS Autodiscovery), those of comments left out."""
    for node in page.root.iter("link"):
        alternate = "alternate" in (node.get("rel") or "").lower().split()
        url = markup.web_url(node.get("href") or "", page.base)
        about_comments = COMMENTS.search(f"{url} {node.get('title') or ''}")
        is_feed = (node.get("type") or "").lower() in FEED_TYPES
        if alternate and url and is_feed and not about_comments:
            yield url


def article(page: Page) -> ArticleData:
    url = markup.web_url(canonical(page) or page.said("og:url"), page.base)
    body = text_at(page.data, "description") or page.said("og:description", "description")
    picture = image(page)
    return ArticleData(
        title=heading(page),
        url=url or markup.web_url(page.base),
        published_at=next(filter(None, map(dates.read, dated(page))), None),
        summary=markup.body(body, page.base).text,
        image_url=picture,
        image_alt=alternative(page, picture),
        given=Given(markup.plain_title(next(filter(None, dated(page)), ""))),
    )


def heading(page: Page) -> str:
    """The title; the site's name that many add to it is not part of it."""
    named = page.said("og:title", "twitter:title") or text_at(page.data, "headline")
    if named:
        return markup.title(named)
    whole = markup.title(page.root.findtext(".//title") or "")
    site = page.said("og:site_name")
    for mark in (" | ", " – ", " — ", " - ", " : "):
        if site and whole.endswith(mark + site):
            return whole.removesuffix(mark + site)
    return whole


def canonical(page: Page) -> str:
    nodes = (node for node in page.root.iter("link") if node.get("rel") == "canonical")
    return next((node.get("href") or "" for node in nodes), "")


def dated(page: Page) -> Iterator[str]:
    yield text_at(page.data, "datePublished")
    yield page.said("article:published_time", "date", "dc.date", "dcterms.created")
    yield from (node.get("datetime") or "" for node in page.root.iter("time"))
    yield text_at(page.data, "dateModified")


def image(page: Page) -> str:
    """The picture, which linked data gives as an address, an object or a list of either."""
    given = at(page.data, "image")
    first = given[0] if isinstance(given, list) and given else given
    named = page.said("og:image:secure_url", "og:image", "twitter:image") or text_at(first, "url")
    return markup.web_url(named or (first if isinstance(first, str) else ""), page.base)


def alternative(page: Page, picture: str) -> str:
    """The text for the picture: what the head gives, else what the page shows it with."""
    if said := page.said("og:image:alt", "twitter:image:alt"):
        return markup.plain_title(said)
    for node in page.root.iter("img"):
        if picture and markup.web_url(node.get("src") or "", page.base) == picture:
            return markup.plain_title(node.get("alt") or "")
    return ""


def linked_articles(root: etree._Element) -> Iterator[dict[str, Any]]:
    """The articles among the page's linked data (JSON-LD, schema.org)."""
    scripts = root.iterfind(".//script[@type='application/ld+json']")
    for node, _ in zip(scripts, range(MAX_LINKED_DATA), strict=False):
        try:
            found = json.loads(node.text or "")
        except (ValueError, RecursionError):
            continue
        graph = at(found, "@graph")
        things = graph if isinstance(graph, list) else found if isinstance(found, list) else [found]
        yield from (thing for thing in things if isinstance(thing, dict) and is_article(thing))


def is_article(thing: dict[str, Any]) -> bool:
    types = thing.get("@type")
    named = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.endswith(ARTICLE_TYPES) for name in named)
