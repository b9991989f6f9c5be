"""The desk of series, through its pages."""

import pytest
from delivery.pressing import words
from delivery.sequence_world import join, work

from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import sequence_queries as queries
from mailer.delivery.sequence_models import Sequence, SequenceStep
from mailer.delivery.sequence_rules import SequenceState
from mailer.newsletters import approving
from mailer.newsletters import queries as letters

ADDRESS = "/bureau/series"


@pytest.fixture
def both(staff):
    return staff("editor", "sender")


@pytest.fixture
def made(both, list_id):
    """The address of a series without letters."""
    return both.submit(ADDRESS, list=list_id).location


@pytest.fixture
def filled(both, made, write):
    """The address of a series with a welcome and a letter three days after."""
    for days, subject in ((0, "Bienvenue"), (3, "Le port en cinq adresses")):
        both.submit(f"{made}/etapes", days=days, letter=write(subject))
    return made


def only():
    db.session.rollback()
    return db.session.query(Sequence).one()


def test_the_first_page_teaches_what_it_is_for(both):
    assert "aussitôt" in words(both.get(ADDRESS))


def test_a_series_is_written_as_lines_and_starts_by_a_button_after_a_look(both, filled):
    page = words(both.get(filled))
    assert "Le jour même : Bienvenue" in page
    assert "3 jours après : Le port en cinq adresses" in page
    assert "Pas encore en marche" in page

    look = words(both.get(f"{filled}/marche"))
    assert "Les personnes déjà abonnées ne reçoivent rien" in look
    assert only().state is SequenceState.DRAFT
    both.submit(f"{filled}/marche")
    assert only().state is SequenceState.RUNNING
    assert "Le jour même : Bienvenue" in words(both.get(ADDRESS))
    # Nothing is to be looked at again.
    assert "remettre en marche" not in words(both.get(filled))


def test_its_page_counts_each_letter_from_the_ledger(both, filled, list_id, relay):
    both.submit(f"{filled}/marche")
    for number in (1, 2):
        join(list_id, f"p{number}@exemple.fr")
    work()
    page = both.get(filled).text
    assert page.count('data-label="Parties">2<') == 1
    assert page.count('data-label="Parties">0<') == 1


def test_it_pauses_and_stops_after_a_look(both, filled):
    both.submit(f"{filled}/marche")
    assert "Plus rien ne part" in words(both.get(f"{filled}/pause"))
    both.submit(f"{filled}/pause")
    assert only().state is SequenceState.PAUSED
    assert "n’en reçoit pas la suite" in words(both.get(f"{filled}/arret"))
    both.submit(f"{filled}/arret")
    assert only().state is SequenceState.STOPPED


def test_a_wrong_day_and_a_taken_one_are_said_and_nothing_is_lost(both, filled, write):
    other = write("Les marées")
    for days, cure in (("400", "de 0 à 365"), ("3", "déjà ce jour-là"), ("", "de 0 à 365")):
        answer = both.submit(f"{filled}/etapes", days=days, letter=other)
        assert answer.status_code == 422
        assert cure in words(answer)
        assert "<title>Erreur" in answer.text
    twice = both.submit(f"{filled}/etapes", days=9, letter=only().steps[0].issue_id)
    assert "déjà dans la série" in words(twice)


def test_a_letter_changes_its_day_and_leaves_the_series(both, filled):
    second = only().steps[1]
    one = f"{filled}/etapes/{second.id}"
    assert 'value="3"' in both.get(one).text
    both.submit(one, days=5, letter=second.issue_id)
    assert "5 jours après" in words(both.get(filled))
    both.submit(f"{one}/suppression")
    assert db.session.query(SequenceStep).count() == 1


def test_while_it_runs_its_letters_are_not_changed(both, filled, write):
    both.submit(f"{filled}/marche")
    step = only().steps[0]
    assert "Mettez-la en pause" in words(both.get(f"{filled}/etapes/{step.id}"))
    assert both.submit(f"{filled}/etapes", days=9, letter=write("Trop tard")).status_code == 409
    assert len(only().steps) == 2


def test_a_letter_that_is_not_approved_keeps_it_from_starting(both, filled):
    with transaction():
        approving.take_back(letters.locked(only().steps[0].issue_id), "account:1", now())

    answer = both.submit(f"{filled}/marche")

    assert answer.status_code == 422
    assert "<title>Erreur" in answer.text
    assert "n’est pas approuvée" in words(answer)
    assert queries.sequence(only().id).state is SequenceState.DRAFT


def test_who_writes_does_not_start_and_who_sends_does_not_write(filled, staff, list_id):
    editor, sender = staff("editor"), staff("sender")
    assert "Mettre en marche" not in words(editor.get(filled))
    assert editor.submit(f"{filled}/marche").status_code == 404
    assert sender.submit(f"{filled}/etapes", days=1, letter=1).status_code == 404
    assert sender.submit(f"{filled}/marche").status_code == 303


def test_a_list_without_approved_letters_says_what_to_do(both, made):
    assert "Aucune lettre de cette liste n’est approuvée" in words(
        both.get(f"{made}/etapes/nouvelle")
    )
    assert "Chaque liste a déjà sa série" in words(both.get(f"{ADDRESS}/nouvelle"))


def test_without_any_list_its_form_says_where_to_begin(both):
    assert "Il n’y a pas encore de liste" in words(both.get(f"{ADDRESS}/nouvelle"))
