"""From a site's address to its feed, with few requests.

the address itself | <link rel=alternate> | the Link header | where its software keeps feeds
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from mailer.articles import decoding, fetch, presets
from mailer.articles.data import Feed, Kind, Problem, UnreadableError
from mailer.articles.fetch import FAILURES, Reading, Wanted
from mailer.articles.presets import Preset, Site
from mailer.clock import now
from mailer.outgoing import Answer, Reason, RequestError, Rules
from mailer.outgoing import fetch as get

# Besides the page itself.
MOST_TRIES = 5
# No other begins after it: somebody else waits for the next site.
TRYING = timedelta(seconds=30)
# A site that answers so has said enough; the next address would only take as long.
HOPELESS = frozenset({Reason.NOT_REACHABLE, Reason.TOO_SLOW, Reason.UNKNOWN_HOST})


@dataclass(frozen=True)
class Found:
    """The first reading of a source, and the software of its site if it was recognised."""

    reading: Reading
    preset: Preset | None = None


def discover(typed: str, rules: Rules) -> Found:
    """What stands at the address, else the feed of its site; RequestError or UnreadableError."""
    answer = first_answer(typed, rules)
    try:
        reading = fetch.finished(fetch.reading(answer), rules)
    except UnreadableError:
        reading = None
    if reading and reading.feed and stands_alone(reading.feed, answer.url):
        return Found(reading)
    text = decoding.decoded(answer.content, answer.headers.get("content-type", ""))
    site = presets.look(text, answer.headers, answer.url)
    return best(site, reading, rules)


def first_answer(typed: str, rules: Rules) -> Answer:
    """The answer of the address; one without a scheme is https, else http."""
    headers = {"Accept": fetch.ACCEPT}
    if "://" in typed:
        return get(typed, rules, headers)
    try:
        return get(f"https://{typed}", rules, headers)
    except RequestError as failure:
        if failure.reason not in {Reason.NOT_REACHABLE, Reason.NOT_TRUSTED}:
            raise
    return get(f"http://{typed}", rules, headers)


def stands_alone(feed: Feed, url: str) -> bool:
    """Whether it is a source as it is: a feed, or the page of one article, not a front page."""
    is_front = not urlsplit(url).path.strip("/")
    return feed.kind is not Kind.PAGE or (bool(feed.entries) and not is_front)


def best(site: Site, page: Reading | None, rules: Rules) -> Found:
    """The site's feed; where it has no pictures and the software has a richer one, that one."""
    found = next(feeds(site, rules), None)
    if found is None:
        if page and page.feed and page.feed.entries:
            return Found(page, site.preset)
        raise UnreadableError(Problem.NOT_A_FEED)
    if site.preset is Preset.WORDPRESS and not has_pictures(found):
        richer = next(feeds(replace(site, announced=(), known=site.known[:1]), rules), None)
        if richer and has_pictures(richer):
            return Found(richer, site.preset)
    return Found(found, site.preset)


def feeds(site: Site, rules: Rules) -> Iterator[Reading]:
    """The readable feeds of the site, as far as it answers; a failure of its own feed is told."""
    end = now() + TRYING
    for url in site.addresses[:MOST_TRIES]:
        if now() >= end:
            raise RequestError(Reason.TOO_SLOW)
        try:
            yield fetch.read(Wanted(url), rules)
        except FAILURES as failure:
            if failure.reason in HOPELESS:
                raise


def has_pictures(reading: Reading) -> bool:
    return any(entry.image_url for entry in reading.feed.entries) if reading.feed else False
