"""What the worker does for articles: claim and commit; fetch; store and commit."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from structlog import get_logger

from mailer.articles import (
    discovery,
    fetch,
    illustrations,
    images,
    lookups,
    operations,
    presence,
)
from mailer.articles.fetch import Wanted
from mailer.articles.images import NotAnImageError
from mailer.articles.operations import FETCH_IMAGES, FETCH_SOURCES
from mailer.clock import now
from mailer.db import transaction
from mailer.outgoing import RequestError, configured
from mailer.outgoing import fetch as get

__all__ = [
    "FETCH_IMAGES",
    "FETCH_SOURCES",
    "ask_pages",
    "fetch_due",
    "fetch_images",
    "look_at_addresses",
]

log = get_logger()

Claimed = TypeVar("Claimed")

# Nothing more begins after it, so that sites that hang never hold up the worker's other jobs; what
# is left has its turn in the next minute.
ROUND = timedelta(seconds=45)
# A site is asked for a handful of its pages at a time.
PAGES_AT_ONCE = 10


def fetch_due() -> None:
    """Read the sources whose hour has come, each in a transaction of its own."""
    for claimed in _round(operations.claim_due):
        _read(claimed.source_id, claimed.wanted)


def look_at_addresses() -> None:
    """Look at the addresses that editors gave, each in a transaction of its own."""
    for claimed in _round(lookups.claim):
        _look(claimed)


def _round(claim: Callable[[datetime], Claimed | None]) -> Iterator[Claimed]:
    """What there is to do, claimed one by one, until nothing is left or the round is over."""
    end = now() + ROUND
    while now() < end:
        with transaction():
            claimed = claim(now())
        if claimed is None:
            return
        yield claimed


def _look(claimed: lookups.Claimed) -> None:
    try:
        found = discovery.discover(claimed.typed, configured())
    except fetch.FAILURES as failure:
        with transaction():
            lookups.note_failure(claimed.lookup_id, failure.reason)
        log.info("source.missed", lookup=claimed.lookup_id, reason=failure.reason.value)
        return
    with transaction():
        lookups.tell(claimed.lookup_id, found, now())
    log.info("source.found", lookup=claimed.lookup_id)


def _read(source_id: int, wanted: Wanted) -> None:
    try:
        reading = fetch.read(wanted, configured())
    except fetch.FAILURES as failure:
        with transaction():
            operations.note_failure(source_id, failure.reason, now())
        log.info("source.failed", source=source_id, reason=failure.reason.value)
        return
    with transaction():
        count = operations.store(source_id, reading, now())
    log.info("source.read", source=source_id, new=count)


def ask_pages() -> None:
    """See whether the pages of recent articles still stand, a few at a time."""
    for claimed in islice(_round(presence.claim), PAGES_AT_ONCE):
        found = fetch.presence(claimed.url, claimed.asked_at, configured())
        with transaction():
            presence.note(claimed.article_id, found, now())
        log.info("page.asked", article=claimed.article_id, found=found.value)


def fetch_images() -> None:
    """Fetch the images that are due; one that cannot be had leaves its article as it is."""
    for claimed in _round(illustrations.claim):
        _fetch_image(claimed)


def _fetch_image(claimed: illustrations.Claimed) -> None:
    try:
        picture = images.kept(get(claimed.url, configured()).content)
    except RequestError as failure:
        with transaction():
            illustrations.note_failure(claimed, failure.reason)
        log.info("image.failed", article=claimed.article_id, reason=failure.reason.value)
        return
    except NotAnImageError as failure:
        with transaction():
            illustrations.give_up(claimed, failure.reason)
        log.info("image.refused", article=claimed.article_id)
        return
    with transaction():
        illustrations.attach(claimed, picture)
