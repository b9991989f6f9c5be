"""The dates of a letter: when an event is, in words, on a leaf, and as a calendar reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel.dates import format_date, format_skeleton

from mailer import icalendar
from mailer.clock import PARIS, as_said
from mailer.errors import Invalid
from mailer.newsletters.block_types import Event

PRODUCT = "-//mailer//letters//FR"
CLOCK = {"fr": "%-H h %M", "en": "%H:%M"}
LONG_DAY = {"fr": "EEEE d MMMM y", "en": "EEEE d MMMM y"}


@dataclass(frozen=True)
class Span:
    """From when to when, in Paris; whole days where there is no time of day."""

    first: date
    last: date
    begins: time | None = None
    ends: time | None = None


def span(event: Event) -> Span:
    """When the event is; raises Invalid without a day. An end before the beginning is none."""
    if not event.day:
        raise Invalid("event without a day")
    first = date.fromisoformat(event.day)
    last = max(first, date.fromisoformat(event.last_day)) if event.last_day else first
    begins, ends = _time(event.time), _time(event.last_time)
    if begins is None or (last > first and ends is None):
        return Span(first, last)
    if ends is not None and last == first and ends <= begins:
        ends = None
    return Span(first, last, begins, ends)


def when(event: Event, language: str) -> str:
    """The day and the hours in words, nothing without a day."""
    if not event.day:
        return ""
    found = span(event)
    if found.last > found.first:
        days = _days(found, language)
        return days if found.begins is None else f"{days}, {_hours(found, language)}"
    written = format_date(found.first, LONG_DAY.get(language, "full"), locale=language)
    day = as_said(written, found.first, language)
    return day if found.begins is None else f"{day}, {_hours(found, language)}"


def leaf_day(event: Event) -> str:
    """The day of the month on the leaf of a calendar, nothing without a day."""
    return str(span(event).first.day) if event.day else ""


def leaf_month(event: Event, language: str) -> str:
    """The month on that leaf, in short."""
    return str(format_date(span(event).first, "MMM", locale=language)) if event.day else ""


def month_year(day: date, language: str) -> str:
    """The month that a letter is of, as its date line says it."""
    return str(format_skeleton("yMMMM", day, locale=language))


def calendar(event: Event, uid: str, url: str, changed_at: datetime) -> str:
    """The event as a file of RFC 5545; the same event gives the same bytes."""
    return icalendar.file(_lines(event, uid, url, changed_at))


def _lines(event: Event, uid: str, url: str, changed_at: datetime) -> Iterator[str]:
    text, changed = icalendar.text, icalendar.instant(changed_at)
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
    yield from ("BEGIN:VEVENT", f"UID:{text(uid)}", f"DTSTAMP:{changed}")
    yield f"LAST-MODIFIED:{changed}"
    yield from _bounds(span(event))
    yield f"SUMMARY:{text(event.title)}"
    if event.place:
        yield f"LOCATION:{text(event.place)}"
    if event.text:
        yield f"DESCRIPTION:{text(event.text)}"
    # A value of the type URI is not escaped (3.3.13).
    yield f"URL:{event.url or url}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _bounds(found: Span) -> Iterator[str]:
    if found.begins is None:
        yield f"DTSTART;VALUE=DATE:{found.first:%Y%m%d}"
        # The end of a whole day is the day after (3.6.1).
        yield f"DTEND;VALUE=DATE:{found.last + timedelta(1):%Y%m%d}"
        return
    # In UTC no program has to know when Paris changes its clocks.
    yield f"DTSTART:{_instant(found.first, found.begins)}"
    if found.ends is not None:
        yield f"DTEND:{_instant(found.last, found.ends)}"


def _instant(day: date, at: time) -> str:
    return icalendar.instant(datetime.combine(day, at, PARIS))


def _hours(found: Span, language: str) -> str:
    told = (_clock(at, language) for at in (found.begins, found.ends) if at is not None)
    return " – ".join(told)


def _days(found: Span, language: str) -> str:
    """`12–13 décembre 2026`: what both days share is said once."""
    last = format_date(found.last, "d MMMM y", locale=language)
    if found.first.year != found.last.year:
        return f"{format_date(found.first, 'd MMMM y', locale=language)} – {last}"
    if found.first.month != found.last.month:
        return f"{format_date(found.first, 'd MMMM', locale=language)} – {last}"
    return f"{found.first.day}–{last}"


def _clock(at: time, language: str) -> str:
    return at.strftime(CLOCK.get(language, "%H:%M")).replace(" h 00", " h").replace(" ", "\u00a0")


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None
