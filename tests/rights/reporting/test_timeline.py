"""What happened to a case, in order."""

from mailer.rights.reporting.evidence_labels import MOMENTS as WORDS
from mailer.rights.reporting.timeline import MOMENTS, Moment, moments

HELD = {
    "case": {"received_on": "2026-11-20", "logged_at": "2026-11-20T09:00:00+00:00"},
    "letters": [
        {"kind": "receipt", "written_at": "2026-11-20T09:00:01+00:00", "delivered_at": None}
    ],
    "questions": [
        {
            "asked_on": "2026-11-23",
            "asked_by": "account:2",
            "reminded_on": None,
            "answered_on": "2026-11-25",
            "verified_by": "account:3",
        }
    ],
}


def test_a_day_comes_before_the_instants_in_it_and_what_is_not_is_left_out():
    assert moments(HELD) == [
        Moment("2026-11-20", "case", "received_on", ""),
        Moment("2026-11-20T09:00:00+00:00", "case", "logged_at", ""),
        Moment("2026-11-20T09:00:01+00:00", "letters", "written_at", "", "receipt"),
        Moment("2026-11-23", "questions", "asked_on", "account:2"),
        Moment("2026-11-25", "questions", "answered_on", "account:3"),
    ]


def test_every_moment_has_its_words():
    every = {(kind, column) for kind, columns in MOMENTS.items() for column, _who in columns}
    assert every == set(WORDS)
