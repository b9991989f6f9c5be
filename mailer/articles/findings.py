"""What was found at an address, as a row keeps it until an editor has seen it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from mailer.articles.data import ArticleData, Feed, Gap, Given, Kind, Note
from mailer.articles.discovery import Found
from mailer.articles.fetch import Reading
from mailer.articles.presets import Preset


def kept(found: Found) -> dict[str, Any]:
    """What the page shows of it, as JSON has it."""
    # A server that says "not changed" to a first question has given nothing.
    feed = found.reading.feed or Feed("", Kind.FEED, ())
    return {
        "url": found.reading.url,
        "preset": found.preset,
        "title": feed.title,
        "kind": feed.kind,
        "entries": [_kept(entry) for entry in feed.entries],
        "notes": [asdict(note) for note in feed.notes],
    }


def _kept(entry: ArticleData) -> dict[str, Any]:
    at = entry.published_at
    return asdict(entry) | {"published_at": at.isoformat() if at else None}


def found(held: Mapping[str, Any]) -> Found:
    """The same again, without what the page does not show."""
    entries = tuple(_entry(each) for each in held["entries"])
    notes = tuple(Note(Gap(each["gap"]), each["given"]) for each in held["notes"])
    feed = Feed(held["title"], Kind(held["kind"]), entries, notes=notes)
    preset = Preset(held["preset"]) if held["preset"] else None
    return Found(Reading(held["url"], feed), preset)


def _entry(held: Mapping[str, Any]) -> ArticleData:
    at = held["published_at"]
    told = {"published_at": datetime.fromisoformat(at) if at else None}
    return ArticleData(**{**held, **told, "given": Given(**held["given"])})
