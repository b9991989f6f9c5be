"""Reading a source over the network: asked whether it changed, then parsed."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime

from mailer.articles.data import ArticleData, Feed, Kind, Presence, Problem, UnreadableError
from mailer.articles.parse import parse
from mailer.outgoing import Answer, Reason, RequestError, Rules
from mailer.outgoing import fetch as get

FAILURES = (RequestError, UnreadableError)
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "application/json;q=0.9, text/html;q=0.8, */*;q=0.5"
)
NOT_MODIFIED = 304
# A server that sends more than this to recognise its answer by is not sent it back.
MAX_VALIDATOR = 500
# How many pages of a sitemap without titles are read at a time, and for how long.
PAGES_AT_ONCE = 10
PAGES_SECONDS = 20
# A page too big for the nothing that we want of it is there.
PRESENCES = {Reason.NOT_FOUND: Presence.GONE, Reason.TOO_BIG: Presence.THERE}


@dataclass(frozen=True)
class Wanted:
    """An address to read, with what the server gave us last time to recognise its answer by."""

    url: str
    etag: str = ""
    last_modified: str = ""
    # When it was last read, for a source that tells only when its pages changed.
    since: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """What was read; no feed when it has not changed since."""

    url: str
    feed: Feed | None
    etag: str = ""
    last_modified: str = ""


def read(wanted: Wanted, rules: Rules) -> Reading:
    """What stands at the address now; raises RequestError or UnreadableError.

    Where a feed stood, a page that only announces feeds is a failure: the site is under repair.
    Never call it inside a transaction.
    """
    answer = get(wanted.url, rules, {"Accept": ACCEPT} | conditions(wanted))
    if answer.status == NOT_MODIFIED:
        return Reading(wanted.url, None, wanted.etag, wanted.last_modified)
    found = finished(replace(reading(answer), url=wanted.url), rules, wanted.since)
    if found.feed and _announces_only(found.feed):
        raise UnreadableError(Problem.NOT_A_FEED)
    return found


def reading(answer: Answer) -> Reading:
    """What an answer holds; raises UnreadableError."""
    feed = parse(answer.content, answer.url, answer.headers.get("content-type", ""))
    etag, last_modified = (answer.headers.get(name, "") for name in ("etag", "last-modified"))
    return Reading(answer.url, feed, etag[:MAX_VALIDATOR], last_modified[:MAX_VALIDATOR])


def finished(found: Reading, rules: Rules, since: datetime | None = None) -> Reading:
    """The reading with what it only leads to: the first sitemap of an index, the pages of one."""
    feed = found.feed
    if feed and feed.kind is Kind.SITEMAP and feed.feeds:
        # The marks are the index's, and would hide what is new in the sitemap.
        found = Reading(found.url, feed := reading(get(feed.feeds[0], rules)).feed)
    if feed is None or not feed.pages:
        return found
    entries = tuple(_pages(feed, rules, since))
    if not entries and since is None:
        raise UnreadableError(Problem.NO_ARTICLE)
    return replace(found, feed=replace(feed, entries=entries))


def _pages(feed: Feed, rules: Rules, since: datetime | None) -> Iterator[ArticleData]:
    """The articles on the pages of a sitemap that changed since, a handful at a time."""
    # A day of slack: many sitemaps tell the day alone.
    after = since - timedelta(days=1) if since else None
    changed = [page for page in feed.pages if _is_after(page.published_at, after)]
    end = time.monotonic() + PAGES_SECONDS
    for page in changed[:PAGES_AT_ONCE]:
        if time.monotonic() > end:
            return
        try:
            found = reading(get(page.url, rules)).feed
        except FAILURES:
            continue
        for entry in found.entries if found and found.kind is Kind.PAGE else ():
            yield replace(entry, published_at=entry.published_at or page.published_at)


def _is_after(changed_at: datetime | None, after: datetime | None) -> bool:
    return after is None or (changed_at is not None and changed_at > after)


def conditions(wanted: Wanted) -> dict[str, str]:
    """The headers of a conditional request (RFC 9110, 13.1.2 and 13.1.3)."""
    given = {"If-None-Match": wanted.etag, "If-Modified-Since": wanted.last_modified}
    return {name: value for name, value in given.items() if value}


def presence(url: str, asked_at: datetime | None, rules: Rules) -> Presence:
    """Whether the page still stands, without reading it: nothing but the head of the answer."""
    since = {"If-Modified-Since": format_datetime(asked_at, usegmt=True)} if asked_at else {}
    try:
        get(url, replace(rules, max_bytes=0), since)
    except RequestError as failure:
        return PRESENCES.get(failure.reason, Presence.UNKNOWN)
    return Presence.THERE


def _announces_only(feed: Feed) -> bool:
    return feed.kind is Kind.PAGE and not feed.entries
