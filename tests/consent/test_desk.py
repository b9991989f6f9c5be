"""The proof of one person, at the desk."""

import json

import pytest
from sqlalchemy import select

from mailer.audit.models import Entry
from mailer.db import db

ADDRESS = "camille@exemple.fr"


@pytest.fixture
def officer(staff):
    return staff("dpo")


def looks():
    """What was noted of looking, oldest first."""
    found = select(Entry.verb, Entry.subject).where(Entry.subject.startswith("proof:"))
    return [tuple(row) for row in db.session.execute(found.order_by(Entry.id))]


@pytest.mark.parametrize("role", ["dpo", "subscribers"])
def test_the_proof_says_what_was_shown_and_answered(camille, staff, role):
    page = staff(role).submit("/bureau/preuves", address=ADDRESS).text

    assert "Inscription confirmée – La lettre" in page
    assert "/articles/phare" in page
    assert "Le consentement de chaque personne" in page
    assert "Je souhaite recevoir par courriel" in page
    assert "La chaîne du registre est intacte" in page


@pytest.mark.parametrize("role", ["editor", "sender"])
def test_nobody_else_finds_the_page(camille, staff, role):
    browser = staff(role)

    assert browser.get("/bureau/preuves").status_code == 404
    assert browser.submit("/bureau/preuves", address=ADDRESS).status_code == 404
    assert browser.submit("/bureau/preuves/fichier", address=ADDRESS).status_code == 404


def test_any_spelling_of_the_address_finds_it(camille, officer):
    assert (
        "Inscription confirmée"
        in officer.submit("/bureau/preuves", address=" CAMILLE@Exemple.fr").text
    )


def test_each_look_is_noted_under_the_fingerprint_and_not_the_address(camille, officer):
    officer.submit("/bureau/preuves", address=ADDRESS)
    officer.submit("/bureau/preuves/fichier", address=ADDRESS, format="json")

    assert looks() == [("look", f"proof:{camille}"), ("take", f"proof:{camille}")]


def test_somebody_who_was_never_here_is_said_to_be_unknown_and_the_search_is_noted(officer):
    page = officer.submit("/bureau/preuves", address="inconnu@exemple.fr").text

    assert "elle n’a jamais été inscrite ici" in page
    assert "Télécharger" not in page
    assert len(looks()) == 1


def test_half_an_address_is_asked_for_again(officer):
    answer = officer.submit("/bureau/preuves", address="camille")

    assert answer.status_code == 422
    assert "Saisissez l’adresse entière" in answer.text
    assert 'value="camille"' in answer.text


def test_the_files_are_named_by_the_day_and_never_by_the_person(camille, officer):
    for wanted, mimetype in (("html", "text/html"), ("json", "application/json")):
        file = officer.submit("/bureau/preuves/fichier", address=ADDRESS, format=wanted)
        assert file.mimetype == mimetype
        assert file.headers["Content-Disposition"].startswith("attachment; filename=preuve-20")
        assert "camille" not in file.headers["Content-Disposition"]


def test_the_json_holds_the_same_events(camille, officer):
    file = officer.submit("/bureau/preuves/fichier", address=ADDRESS, format="json")

    told = json.loads(file.text)
    assert [event["kind"] for event in told["events"]] == ["signup_requested", "confirmed"]
    assert told["fingerprint"] == camille
