"""A calendar of whole days as other programs read it: RFC 5545, and RFC 7986 for its name.

events | content lines, escaped | folded at 75 octets, each ending in CRLF
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_OCTETS = 75
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
PRODUCT = "-//mailer//requests//FR"
# How often a program should ask again.
ASK_AGAIN = "PT6H"


@dataclass(frozen=True)
class Event:
    """A whole day in a calendar; its number never changes, whatever becomes of its day."""

    uid: str
    day: date
    summary: str
    url: str
    changed_at: datetime


def calendar(name: str, events: Iterable[Event]) -> str:
    """The file; the same events give the same bytes."""
    return "".join(f"{fold(line)}\r\n" for line in _lines(name, events))


def _lines(name: str, events: Iterable[Event]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
    yield f"NAME:{text(name)}"
    # What programs older than RFC 7986 read.
    yield f"X-WR-CALNAME:{text(name)}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{ASK_AGAIN}"
    for event in events:
        yield from _event(event)
    yield "END:VCALENDAR"


def _event(event: Event) -> Iterator[str]:
    changed = instant(event.changed_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.uid)}"
    # Without a METHOD, the stamp is that of the last change too (3.8.7.2).
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    # The end of a whole day is the day after (3.6.1).
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{text(event.summary)}"
    yield f"URL:{event.url}"
    # It takes no time of the day.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def text(words: str) -> str:
    """The words as a TEXT value (3.3.11)."""
    return words.translate(ESCAPED)


def instant(at: datetime) -> str:
    """The instant in UTC, to the second (3.3.5)."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def fold(line: str) -> str:
    """The line in pieces of at most 75 octets, no character cut in two (3.1)."""
    pieces, room, piece = [], LONGEST_OCTETS, b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            # The space that goes before each further piece counts too.
            piece, room = b"", LONGEST_OCTETS - 1
        piece += octets
    return b"\r\n ".join([*pieces, piece]).decode()
