"""A calendar of whole days as other programs read it: RFC 5545, and RFC 7986 for its name.

events | content lines, escaped | folded at 75 octets, each ending in CRLF
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mailer.icalendar import file, instant, text

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
    return file(_lines(name, events))


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
