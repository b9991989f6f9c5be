"""When an event is: in words, on a leaf, and as programs for calendars read it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mailer.errors import Invalid
from mailer.newsletters import agenda
from mailer.newsletters.block_types import Event

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
VISIT = Event("Visite ; digue", "2026-12-05", "14:30", "", "17:00", "Cale, Port", "Casque fourni")


def lines(event):
    file = agenda.calendar(event, "issue-1-b3@exemple.fr", "https://exemple.fr/lettres/x", AT)
    assert file.endswith("END:VCALENDAR\r\n")
    return dict(
        line.partition(":")[::2] for line in file.replace("\r\n ", "").split("\r\n") if line
    )


@pytest.mark.parametrize(
    ("changes", "french", "english"),
    [
        ({}, "samedi 5 décembre 2026, 14 h 30 – 17 h", "Saturday 5 December 2026, 14:30 – 17:00"),
        ({"last_time": ""}, "samedi 5 décembre 2026, 14 h 30", "Saturday 5 December 2026, 14:30"),
        ({"time": ""}, "samedi 5 décembre 2026", "Saturday 5 December 2026"),
        ({"time": "", "last_day": "2026-12-07"}, "5–7 décembre 2026", "5–7 December 2026"),
        (
            {"time": "", "last_day": "2027-01-02"},
            "5 décembre 2026 – 2 janvier 2027",
            "5 December 2026 – 2 January 2027",
        ),
        (
            {"day": "2026-11-30", "time": "", "last_day": "2026-12-02"},
            "30 novembre – 2 décembre 2026",
            "30 November – 2 December 2026",
        ),
        ({"day": ""}, "", ""),
    ],
)
def test_the_day_and_the_hours_are_said_once(changes, french, english):
    event = replace(VISIT, **changes)
    assert agenda.when(event, "fr").replace("\u00a0", " ") == french
    assert agenda.when(event, "en") == english


def test_the_leaf_shows_the_first_day():
    assert (agenda.leaf_day(VISIT), agenda.leaf_month(VISIT, "fr")) == ("5", "déc.")


def test_a_date_line_names_the_month():
    assert agenda.month_year(date(2026, 12, 1), "fr") == "décembre 2026"


def test_hours_are_those_of_paris_told_in_utc():
    winter, summer = lines(VISIT), lines(replace(VISIT, day="2026-07-05"))
    assert (winter["DTSTART"], winter["DTEND"]) == ("20261205T133000Z", "20261205T160000Z")
    assert (summer["DTSTART"], summer["DTEND"]) == ("20260705T123000Z", "20260705T150000Z")


def test_whole_days_end_the_day_after():
    told = lines(replace(VISIT, time="", last_day="2026-12-07"))
    assert told["DTSTART;VALUE=DATE"] == "20261205"
    assert told["DTEND;VALUE=DATE"] == "20261208"


def test_an_end_before_the_beginning_is_none():
    assert "DTEND" not in lines(replace(VISIT, last_time="09:00"))


def test_words_are_escaped_and_the_number_stays():
    told = lines(VISIT)
    assert told["SUMMARY"] == r"Visite \; digue"
    assert told["LOCATION"] == r"Cale\, Port"
    assert told["UID"] == "issue-1-b3@exemple.fr"
    assert lines(VISIT) == lines(replace(VISIT))


def test_an_event_without_a_day_has_no_calendar():
    with pytest.raises(Invalid):
        agenda.calendar(replace(VISIT, day=""), "x", "https://exemple.fr", AT)
