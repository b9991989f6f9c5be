"""Reading a source over the network: asked whether it changed, then parsed."""

from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime

from mailer.articles.data import Feed, Kind, Presence, Problem, UnreadableError
from mailer.articles.parse import parse
from mailer.outgoing import Reason, RequestError, Rules
from mailer.outgoing import fetch as get

FAILURES = (RequestError, UnreadableError)
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "application/json;q=0.9, text/html;q=0.8, */*;q=0.5"
)
NOT_MODIFIED = 304
# A server that sends more than this to recognise its answer by is not sent it back.
MAX_VALIDATOR = 500
# A page too big for the nothing that we want of it is there.
PRESENCES = {Reason.NOT_FOUND: Presence.GONE, Reason.TOO_BIG: Presence.THERE}


@dataclass(frozen=True)
class Wanted:
    """An address to read, with what the server gave us last time to recognise its answer by."""

    url: str
    etag: str = ""
    last_modified: str = ""


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
    reading = _asked(wanted, rules)
    if reading.feed and _announces_only(reading.feed):
        raise UnreadableError(Problem.NOT_A_FEED)
    return reading


def _asked(wanted: Wanted, rules: Rules) -> Reading:
    answer = get(wanted.url, rules, {"Accept": ACCEPT} | conditions(wanted))
    if answer.status == NOT_MODIFIED:
        return Reading(wanted.url, None, wanted.etag, wanted.last_modified)
    feed = parse(answer.content, answer.url, answer.headers.get("content-type", ""))
    etag, last_modified = (answer.headers.get(name, "") for name in ("etag", "last-modified"))
    return Reading(wanted.url, feed, etag[:MAX_VALIDATOR], last_modified[:MAX_VALIDATOR])


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


def discover(url: str, rules: Rules) -> Reading:
    """The first reading of an address; a page that is no article leads to the feed it announces."""
    reading = _asked(Wanted(url), rules)
    if reading.feed and _announces_only(reading.feed):
        return read(Wanted(reading.feed.feeds[0]), rules)
    return reading


def _announces_only(feed: Feed) -> bool:
    return feed.kind is Kind.PAGE and not feed.entries
