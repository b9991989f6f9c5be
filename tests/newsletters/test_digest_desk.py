"""The desk of automatic letters, through its pages."""

from datetime import time

import pytest
from flask_babel import force_locale
from newsletters.digest_world import paris, publish, source, work

from mailer.clock import now
from mailer.db import db
from mailer.mail.relay import KEY
from mailer.mail.transports.memory import Memory
from mailer.newsletters import digest_words
from mailer.newsletters.digest_models import Digest
from mailer.newsletters.models import Issue
from mailer.newsletters.periods import Rhythm, Timetable

ADDRESS = "/bureau/envois-automatiques"
MONDAY = {
    "each_rhythm": "weekly",
    "each_weekday": "0",
    "each_day": "1",
    "each_hour": "09:00",
    "weekly_weekday": "0",
    "weekly_hour": "09:00",
    "monthly_day": "1",
    "monthly_hour": "09:00",
    "then": "send",
    "since": "2026-01-01",
}
LETTER = {"subject": "{titre}", "newest": "5", "least": "1", "days": "30", "language": "fr"}


@pytest.fixture
def both(staff):
    return staff("editor", "sender")


@pytest.fixture
def made(both, mailing_list):
    """The address of an automatic letter that stands still."""
    return both.submit(ADDRESS, list=mailing_list, **MONDAY, **LETTER).location


def test_the_first_page_teaches_what_it_is_for(both):
    assert "S’il n’y a rien de nouveau, rien ne part" in both.get(ADDRESS).text


def test_a_letter_is_set_up_standing_still(both, made):
    page = both.get(made).text
    assert "Chaque lundi à 09:00, heure de Paris (UTC+" in page
    assert "En pause" in page
    assert db.session.query(Digest).one().started_at is None


def test_what_is_missing_is_said_and_nothing_typed_is_lost(both, mailing_list):
    wrong = MONDAY | {"each_rhythm": "never"}
    answer = both.submit(ADDRESS, list=mailing_list, **wrong, **LETTER | {"words": "marée"})
    assert answer.status_code == 422
    assert "sinon rien ne partirait" in answer.text
    assert 'value="marée"' in answer.text


def test_working_days_are_kept(both, mailing_list):
    chosen = MONDAY | {"each_rhythm": "daily", "each_weekdays": ["0", "1"]}
    made = both.submit(ADDRESS, list=mailing_list, **chosen, **LETTER).location
    assert "Chaque lundi et mardi à 09:00" in both.get(made).text


def test_it_starts_and_pauses_by_a_button(both, made):
    both.submit(f"{made}/marche")
    assert "Prochain\u00a0: lundi" in both.get(made).text
    both.submit(f"{made}/pause")
    assert "Prochain" not in both.get(made).text


def test_what_could_not_be_approved_is_not_set_going(both, mailing_list):
    source()
    publish("Le phare rouvre", now())
    wrong = LETTER | {"subject": "{titre} {{ inconnu }}"}
    made = both.submit(ADDRESS, list=mailing_list, **MONDAY, **wrong).location

    answer = both.submit(f"{made}/marche")

    assert answer.status_code == 422
    assert "<title>Erreur\u00a0: " in answer.text
    assert "Corriger le modèle" in answer.text
    assert "En pause" in both.get(made).text


def test_another_rhythm_waits_for_a_person_to_start_it_again(both, made):
    both.submit(f"{made}/marche")
    assert both.submit(f"{made}/reglages", **MONDAY | {"each_hour": "10:30"}).status_code == 303
    page = both.get(made).text
    assert "Chaque lundi à 10:30" in page
    assert "Mettre en marche" in page
    both.submit(f"{made}/marche")
    assert "Mettre en marche" not in both.get(made).text


def test_an_editor_cannot_let_it_leave_by_itself(both, made, staff):
    editor = staff("editor")
    assert "Mettre en marche" not in editor.get(made).text
    assert editor.submit(f"{made}/marche").status_code == 404


def test_the_page_shows_what_would_leave_now(both, made):
    source()
    assert "rien ne partirait" in both.get(made).text
    publish("Le phare rouvre", now())
    assert "Le phare rouvre" in both.get(made).text
    assert "Le phare rouvre" in both.get(f"{made}/apercu?rythme=each").text
    assert both.get(f"{made}/apercu?rythme=monthly").status_code == 404
    # Looking at it stores nothing.
    assert db.session.query(Issue).count() == 1


def test_a_period_without_news_has_its_line(app, both, made):
    app.extensions[KEY] = Memory()
    both.submit(f"{made}/marche")
    hour = db.session.query(Digest).one().modes[0].next_at
    db.session.rollback()
    work(hour)
    page = both.get(made).text
    assert "Rien de nouveau, pas envoyé" in page
    assert "Rien de nouveau, pas envoyé" in both.get(ADDRESS).text


def test_each_list_has_one(both, made):
    assert "Chaque liste a déjà son envoi automatique" in both.get(f"{ADDRESS}/nouveau").text


@pytest.mark.parametrize(
    ("timetable", "words"),
    [
        (Timetable(Rhythm.WEEKLY, time(9), (0,)), "Chaque lundi à 09:00"),
        (Timetable(Rhythm.DAILY, time(9)), "Chaque jour à 09:00"),
        (Timetable(Rhythm.DAILY, time(9), (0, 1, 4)), "Chaque lundi, mardi et vendredi à 09:00"),
        (Timetable(Rhythm.MONTHLY, time(9), day=12), "Le 12 de chaque mois à 09:00"),
        (Timetable(Rhythm.MONTHLY, time(9), day=31), "Le dernier jour de chaque mois à 09:00"),
    ],
)
def test_a_rhythm_is_a_sentence_with_the_zone_of_its_next_hour(app, timetable, words):
    with force_locale("fr"):
        in_summer = digest_words.zoned(timetable, paris(2026, 7, 1))
        in_winter = digest_words.zoned(timetable, paris(2026, 12, 1))
    assert in_summer == f"{words}, heure de Paris (UTC+2)"
    assert in_winter == f"{words}, heure de Paris (UTC+1)"
