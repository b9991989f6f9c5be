"""The calendar file, read back by the rules of RFC 5545."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from mailer.icalendar import fold, instant, text
from mailer.rights.reporting.icalendar import Event, calendar

AT = datetime(2026, 11, 23, 9, 0, 30, 123, tzinfo=UTC)


def event(summary="Réponse due", **more):
    base = {"uid": "DR-2026-0042@exemple.fr", "url": "https://exemple.fr/x", "changed_at": AT}
    return Event(day=date(2026, 12, 31), summary=summary, **base | more)


def unfolded(line):
    return line.replace("\r\n ", "")


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])))
def test_a_folded_line_is_short_and_unfolds_to_itself(line):
    pieces = fold(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert unfolded(fold(line)) == line


@given(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs", "Cc"])))
def test_a_text_comes_back_as_it_was(words):
    back = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text(words))
    assert back == words
    assert "\n" not in text(words)


def test_a_backslash_a_comma_a_semicolon_and_a_line_break_are_escaped():
    assert text("a\\b,c;d\ne\r") == "a\\\\b\\,c\\;d\\ne"


def test_a_whole_day_ends_the_day_after_even_across_the_year():
    lines = calendar("x", [event()]).split("\r\n")
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines


def test_an_instant_is_told_in_utc():
    paris = timezone(timedelta(hours=1))
    assert instant(datetime(2026, 11, 23, 0, 30, tzinfo=paris)) == "20261122T233000Z"


def test_the_same_events_give_the_same_bytes():
    assert calendar("x", [event()]) == calendar("x", [event()])


def test_a_calendar_without_events_is_whole():
    lines = calendar("Réponses", []).split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert {"VERSION:2.0", "NAME:Réponses"} <= set(lines)
