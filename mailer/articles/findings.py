"""What was found at an address or in a file: as a page shows it, and as a row keeps it for that."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from mailer.articles import notes
from mailer.articles.data import ArticleData, Feed, Gap, Kind, Note
from mailer.articles.discovery import Found
from mailer.articles.notes import Told
from mailer.articles.presets import Preset

ROWS = 20
WORDS = ("title", "url", "summary", "image_url", "image_alt")


@dataclass(frozen=True)
class Preview:
    """The first entries of a feed with what each lacks, and of all how many would be kept."""

    url: str
    preset: Preset | None
    title: str
    kind: Kind
    notes: tuple[Note, ...]
    told: tuple[Told, ...]
    kept: int
    more: int


def preview(found: Found) -> Preview:
    """What the page shows of it."""
    # A server that says "not changed" to a first question has given nothing.
    feed = found.reading.feed or Feed("", Kind.FEED, ())
    told = notes.told(feed.entries)
    return Preview(
        url=found.reading.url,
        preset=found.preset,
        title=feed.title,
        kind=feed.kind,
        notes=feed.notes,
        told=tuple(told[:ROWS]),
        kept=sum(each.is_kept for each in told),
        more=len(told[ROWS:]),
    )


def written(shown: Preview) -> dict[str, Any]:
    """The same as JSON has it."""
    return vars(shown) | {
        "notes": [asdict(note) for note in shown.notes],
        "told": [_written(each) for each in shown.told],
    }


def _written(told: Told) -> dict[str, Any]:
    entry, at = told.entry, told.entry.published_at
    return {word: getattr(entry, word) for word in WORDS} | {
        "published_at": at.isoformat() if at else None,
        "is_kept": told.is_kept,
        "notes": [asdict(note) for note in told.notes],
    }


def read(held: Mapping[str, Any]) -> Preview | None:
    """The same again; None for what another version of the program wrote otherwise."""
    try:
        return _read(held)
    except (KeyError, TypeError, ValueError):
        return None


def _read(held: Mapping[str, Any]) -> Preview:
    return Preview(
        url=held["url"],
        preset=Preset(held["preset"]) if held["preset"] else None,
        title=held["title"],
        kind=Kind(held["kind"]),
        notes=_notes(held),
        told=tuple(_told(each) for each in held["told"]),
        kept=held["kept"],
        more=held["more"],
    )


def _told(held: Mapping[str, Any]) -> Told:
    at = held["published_at"]
    words = {word: held[word] for word in WORDS}
    entry = ArticleData(published_at=datetime.fromisoformat(at) if at else None, **words)
    return Told(entry, held["is_kept"], _notes(held))


def _notes(held: Mapping[str, Any]) -> tuple[Note, ...]:
    return tuple(Note(Gap(each["gap"]), each["given"]) for each in held["notes"])
