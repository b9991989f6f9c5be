"""What a feed brings that we do not have yet, and what it says anew."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from mailer.articles.data import ArticleData

# What marks a visit rather than a page: campaigns, and the trackers of Google, Meta and Piano.
TRACKING = re.compile(
    r"(?:utm|at|mtm|pk|piwik|matomo|hsa)_.*|xtor|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid"
    r"|mc_[ce]id|_hs(?:enc|mi)"
)


@dataclass(frozen=True)
class Known:
    """An article that is stored, by what it is recognised by."""

    id: int
    key: str
    guid: str
    digest: str


@dataclass(frozen=True)
class Entry:
    """An article that was read, with what it is recognised by."""

    data: ArticleData
    key: str
    digest: str


@dataclass(frozen=True)
class Changes:
    """What is to be added, and what is to be said anew under the id of a stored article."""

    new: tuple[Entry, ...]
    changed: tuple[tuple[int, Entry], ...]


def compare(known: Iterable[Known], read: Iterable[ArticleData]) -> Changes:
    """What differs; an article is recognised by its address, else by its guid.

    One without a link is left out, since a letter could not lead to it.
    """
    stored = list(known)
    by_key = {each.key: each for each in stored}
    by_guid = {each.guid: each for each in stored if each.guid}
    taken: set[int] = set()
    new, changed = [], []
    for entry in once_each(read):
        found = by_key.get(entry.key) or by_guid.get(entry.data.guid)
        if found is None or found.id in taken:
            new.append(entry)
            continue
        taken.add(found.id)
        if found.digest != entry.digest:
            changed.append((found.id, entry))
    return Changes(tuple(new), tuple(changed))


def once_each(read: Iterable[ArticleData]) -> Iterable[Entry]:
    """The articles that have a link, the first of each address."""
    entries = (Entry(data, key(data.url), digest(data)) for data in read if data.url)
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.key, entry)
    return first.values()


def key(url: str) -> str:
    """The digest of the address without what does not tell pages apart."""
    try:
        parts = urlsplit(url)
    except ValueError:
        # Somebody is still typing it: "https://[".
        return hashlib.sha256(url.encode()).hexdigest()
    kept = [pair for pair in parse_qsl(parts.query, True) if not TRACKING.fullmatch(pair[0])]
    host = (parts.hostname or "").removeprefix("www.")
    page = f"{host}{unquote(parts.path).rstrip('/')}?{urlencode(kept)}"
    return hashlib.sha256(page.encode()).hexdigest()


def digest(data: ArticleData) -> str:
    """The digest of what the article says; another way to write its address says nothing new."""
    said = (data.title, key(data.url), data.summary, data.image_url, data.image_alt)
    return hashlib.sha256("\0".join((*said, str(data.published_at))).encode()).hexdigest()
