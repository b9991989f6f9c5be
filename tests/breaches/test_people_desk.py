"""The persons and their letter at the desk: chosen, masked, taken with a motive, told."""

import re

import pytest
from breaches.files import WORDS
from sqlalchemy import select

from mailer.audit.models import Entry
from mailer.breaches.models import TouchedPerson
from mailer.db import db

FILE = "/bureau/violations/VD-2026-0001"
LEA = "lea@exemple.fr"
MOTIVE = "Courrier à qui n’a pas reçu la lettre"


def acts():
    db.session.rollback()
    return db.session.execute(select(Entry.verb, Entry.subject).order_by(Entry.id)).all()


def following(page):
    (address,) = re.findall(r'href="([^"]*depuis=[^"]*)"', page.text)
    return address


def test_the_persons_are_counted_and_listed_masked(described, sign_up, dpo, read):
    sign_up(LEA)
    answer = dpo.submit(f"{FILE}/personnes", reach="all")
    page = dpo.get(answer.location)
    assert "1 personne touchée" in read(page)
    assert "l••••@exemple.fr" in page.text
    assert LEA not in page.text


def test_a_long_list_is_read_page_by_page(described, sign_up, dpo, monkeypatch, read):
    monkeypatch.setattr("mailer.breaches.people.PAGE_ROWS", 1)
    sign_up(LEA)
    sign_up("tom@exemple.fr")
    dpo.submit(f"{FILE}/personnes", reach="all")
    page = dpo.get(f"{FILE}/personnes")
    first, second = read(page), read(dpo.get(following(page)))
    assert "Personnes suivantes" in first
    assert "Personnes suivantes" not in second
    assert ("l••••" in first) != ("l••••" in second)


@pytest.mark.parametrize(
    ("said", "cure"),
    [
        ({}, "Choisissez qui est touché."),
        ({"reach": "lists"}, "Cochez au moins une liste."),
        ({"reach": "period"}, "Choisissez les deux dates."),
        (
            {"reach": "period", "begins": "2026-11-02", "ends": "2026-11-01"},
            "Choisissez une seconde date qui suit la première",
        ),
        ({"reach": "campaign"}, "Choisissez l’envoi."),
        ({"reach": "import"}, "Choisissez le fichier importé."),
    ],
)
def test_a_scope_that_lacks_something_says_what(described, dpo, read, said, cure):
    answer = dpo.submit(f"{FILE}/personnes", **said)
    assert answer.status_code == 422
    assert cure in read(answer)


def test_the_list_is_taken_with_a_motive_that_is_recorded_before(touched_lea, dpo):
    assert dpo.submit(f"{FILE}/personnes/exportation", motive="court").status_code == 422
    answer = dpo.submit(f"{FILE}/personnes/exportation", motive=MOTIVE)
    assert LEA in answer.text
    assert ("export", f"breach:1 rows:1 motive:{MOTIVE}") in acts()


def test_the_letter_is_read_in_both_languages_before_it_leaves(touched_lea, dpo, read):
    said = {f"fr_{name}": text for name, text in WORDS.items()}
    assert dpo.submit(f"{FILE}/lettres/fr", **said).status_code == 303
    page = read(dpo.get(f"{FILE}/lettres/apercu"))
    assert page.count(WORDS["advice"]) == 2
    assert "Your data" in page
    assert "Envoyer à 1 personne" in page


def test_a_letter_that_lacks_a_mention_says_which_and_does_not_leave(touched_lea, dpo, read):
    said = {f"fr_{name}": text for name, text in WORDS.items()} | {"fr_advice": ""}
    dpo.submit(f"{FILE}/lettres/fr", **said)
    page = read(dpo.get(f"{FILE}/lettres/apercu"))
    assert "Il y manque : Ce que la personne peut faire" in page
    assert "Envoyer à" not in page
    assert dpo.submit(f"{FILE}/lettres/envoi").status_code == 422
    db.session.rollback()
    assert db.session.scalar(select(db.func.count()).select_from(TouchedPerson)) == 0


def test_the_persons_are_told_and_the_file_counts_them(touched_lea, dpo, write, read):
    write(touched_lea)
    answer = dpo.submit(f"{FILE}/lettres/envoi")
    page = read(dpo.get(answer.location))
    assert "La lettre part à 1 personne." in page
    assert "En attente 1" in page


def test_nobody_is_told_before_the_scope_is_chosen(described, dpo, write, read):
    write(described)
    answer = dpo.submit(f"{FILE}/lettres/envoi")
    assert answer.status_code == 409
    assert "Dites d’abord quelles personnes sont touchées." in read(answer)
