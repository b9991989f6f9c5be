"""The register at the officer's desk: nobody else finds it, each look and act is recorded."""

import csv
import io
import json
from datetime import timedelta

import pytest
from breaches.files import AWARE, OFFICER
from sqlalchemy import select
from statements import statements

from mailer.audit.models import Entry
from mailer.breaches import form_order, operations, queries
from mailer.breaches.detectors import Sign
from mailer.breaches.kinds import Detector, Risk
from mailer.breaches.models import Breach, Suspicion
from mailer.breaches.operations import Opening
from mailer.breaches.watching import propose
from mailer.clock import now
from mailer.db import db, transaction

PAGE = "/bureau/violations"
FILE = f"{PAGE}/VD-2026-0001"
LEA = "lea@exemple.fr"
MOTIVE = "Courrier à qui n’a pas reçu la lettre"
SAID = {
    "aware_at": "2026-11-20T16:00",
    "circumstances": "Un export est parti à la mauvaise adresse.",
    "natures": ["confidentiality", "availability"],
    "data": ["contact"],
    "people": ["subscribers"],
    "cause": "internal_accident",
    "consequences": "De l’hameçonnage.",
    "measures_taken": "Fichier détruit.",
    "persons_count": "1 200",
    "risk": "risk",
    "risk_reason": "Adresses en clair.",
}


def acts():
    db.session.rollback()
    return db.session.execute(select(Entry.verb, Entry.subject).order_by(Entry.id)).all()


def test_only_the_officer_finds_the_register(app, staff, described):
    for role in ("editor", "sender", "subscribers", "admin"):
        browser = staff(role)
        for path in ("", "/nouvelle", "/registre.csv", "/VD-2026-0001"):
            assert browser.get(f"{PAGE}{path}").status_code == 404


def test_nobody_else_acts_on_an_incident(staff, described, breach):
    assert staff("admin", "editor").submit(f"{FILE}/cloture", words="").status_code == 404
    assert breach(described).closed_at is None


def test_the_officer_finds_it_in_the_menu(dpo):
    assert f'href="{PAGE}"' in dpo.get("/bureau").text


def test_an_empty_register_says_when_to_open_an_incident(dpo, read):
    page = read(dpo.get(PAGE))
    assert "Aucune violation connue." in page
    assert "72 heures" in page


def test_an_incident_is_opened_with_the_essential_and_shows_its_clock(dpo, read):
    said = {"aware_at": "2026-11-20T16:00", "circumstances": "Un fichier égaré.", "found_how": ""}
    answer = dpo.submit(f"{PAGE}/nouvelle", **said)
    assert answer.status_code == 303
    page = read(dpo.get(answer.location))
    assert "À notifier avant le lundi 23 novembre 2026 à 16:00, heure de Paris" in page
    assert "Il reste 71\u00a0h\u00a000" in dpo.get(answer.location).text
    assert "Évaluer le risque pour les personnes." in page


@pytest.mark.parametrize(
    ("field", "value", "cure"),
    [
        ("aware_at", "", "Saisissez le jour et l’heure où l’incident a été connu"),
        ("aware_at", "hier", "Saisissez le jour et l’heure, à Paris"),
        ("aware_at", "2026-11-20T17:01", "Choisissez un moment passé."),
        ("circumstances", " ", "Dites en quelques mots ce qui s’est passé"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(dpo, read, field, value, cure):
    said = {"aware_at": "2026-11-20T16:00", "circumstances": "Un fichier.", "found_how": "Vu ici."}
    answer = dpo.submit(f"{PAGE}/nouvelle", **said | {field: value})
    assert answer.status_code == 422
    assert cure in read(answer)
    assert "Vu ici." in answer.text


def test_the_hours_over_are_said(opened, staff, friday, read):
    friday.move_to(AWARE + timedelta(hours=75, minutes=5))
    dpo = staff("dpo")
    assert "Dépassé de 3 h 05" in read(dpo.get(PAGE))
    assert "Le délai est passé" in read(dpo.get(FILE))


def test_the_file_is_filled_in_field_by_field_and_comes_back_as_it_was(opened, dpo, breach):
    assert dpo.submit(f"{FILE}/dossier", **SAID).status_code == 303
    found = breach(opened)
    assert (found.aware_at, found.persons_count, found.risk) == (AWARE, 1200, Risk.RISK)
    assert found.natures == ["confidentiality", "availability"]
    form = dpo.get(f"{FILE}/dossier").text
    assert 'value="2026-11-20T16:00"' in form
    assert form.count(" checked") == 4


@pytest.mark.parametrize(
    ("field", "value", "cure"),
    [
        ("persons_count", "beaucoup", "Saisissez un nombre entier, par exemple 1200."),
        ("records_count", "-4", "Saisissez un nombre entier, par exemple 1200."),
        ("records_count", "99999999999", "Saisissez un nombre entier, par exemple 1200."),
        ("began_at", "2026-11-20T16:30", "Choisissez un moment avant la prise de connaissance"),
    ],
)
@pytest.mark.usefixtures("opened")
def test_a_field_that_cannot_be_says_how_to_mend_it(dpo, read, field, value, cure):
    answer = dpo.submit(f"{FILE}/dossier", **SAID | {field: value})
    assert answer.status_code == 422
    assert cure in read(answer)


def test_a_late_notification_is_asked_for_its_reasons_and_keeps_its_number(
    opened, staff, friday, read
):
    friday.move_to(AWARE + timedelta(hours=98))
    dpo = staff("dpo")
    said = {"phase": "whole", "notified_at": "2026-11-24T17:30", "number": "CNIL-42"}
    answer = dpo.submit(f"{FILE}/notifications", **said, delay_reasons="")
    assert answer.status_code == 409
    assert "Écrivez les raisons du retard" in read(answer)
    assert "CNIL-42" in answer.text
    said |= {"delay_reasons": "L’enquête a duré."}
    assert dpo.submit(f"{FILE}/notifications", **said).status_code == 303
    assert "L’enquête a duré." in read(dpo.get(FILE))


def test_a_file_with_duties_left_says_which_and_stays_open(opened, dpo, read):
    answer = dpo.submit(f"{FILE}/cloture", words="")
    assert answer.status_code == 409
    assert "Évaluer le risque pour les personnes." in read(answer)


def test_a_closed_file_stays_readable_and_offers_no_act(opened, dpo, read):
    dpo.submit(f"{FILE}/dossier", **SAID | {"risk": "none"})
    assert dpo.submit(f"{FILE}/cloture", words="Former les agents.").status_code == 303
    page = dpo.get(FILE)
    assert "Former les agents." in read(page)
    assert "<form" not in page.text.partition("<main")[2].partition("</main>")[0]
    assert dpo.submit(f"{FILE}/dossier", **SAID).status_code == 303
    assert "ne change plus" in read(dpo.get(FILE))
    assert "VD-2026-0001" in read(dpo.get(f"{PAGE}?vue=closes"))
    assert "Rien dans cette vue." in read(dpo.get(f"{PAGE}?vue=en-cours"))


def test_the_copy_holds_every_field_in_the_order_of_the_form(described, dpo, breach, read):
    found = breach(described)
    with dpo.application.test_request_context():
        parts = form_order.sections(found, queries.told(found))
    lines = [line for part in parts for line in part.lines]
    page, place = read(dpo.get(f"{FILE}/teleservice")), 0
    for line in lines:
        place = page.index(" ".join(f"{line.label} {line.value or '–'}".split()), place)
    told = json.loads(dpo.get(f"{FILE}/teleservice.json").text)
    assert [line["key"] for part in told for line in part["lines"]] == [line.key for line in lines]


def test_the_register_is_taken_as_a_table_without_any_person(touched_lea, dpo, write):
    write(touched_lea)
    dpo.submit(f"{FILE}/lettres/envoi")
    taken = dpo.get(f"{PAGE}/registre.csv").data.decode("utf-8-sig")
    heading, row = csv.reader(io.StringIO(taken))
    assert row[heading.index("Référence interne")] == "VD-2026-0001"
    assert row[heading.index("Nombre de personnes informées")] == "1"
    assert LEA not in taken


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/registre.csv"])
def test_the_register_asks_the_database_no_more_for_more_incidents(opened, dpo, path):
    dpo.get(path)
    with statements() as for_one:
        dpo.get(path)
    with transaction():
        for _ in range(5):
            operations.begin(Opening(AWARE, "…"), OFFICER, now())
    with statements() as for_many:
        dpo.get(path)
    assert len(for_many) == len(for_one)


def test_a_formula_in_the_register_is_not_calculated(opened, dpo):
    dpo.submit(f"{FILE}/dossier", **SAID | {"countries": "=1+1"})
    assert '"\'=1+1"' in dpo.get(f"{PAGE}/registre.csv").text


@pytest.fixture
def sign(app):
    """The number of a sign that waits."""
    with transaction():
        propose([Sign(Detector.EXPORT, "7", {"rows": 9000})], now())
    return db.session.scalars(select(Suspicion.id)).one()


def test_a_sign_is_shown_and_becomes_an_incident_only_by_the_officer(sign, dpo, read):
    page = dpo.get(PAGE)
    assert "9000 adresses ont été exportées en un fichier." in read(page)
    form = dpo.get(f"{PAGE}/nouvelle?alerte={sign}")
    assert "9000 adresses" in form.text
    assert db.session.scalars(select(Breach)).all() == []
    said = {"aware_at": "2026-11-20T16:00", "circumstances": "Un export.", "found_how": ""}
    dpo.submit(f"{PAGE}/nouvelle?alerte={sign}", **said)
    db.session.rollback()
    assert db.session.get_one(Suspicion, sign).breach_id == 1
    assert "9000 adresses" not in read(dpo.get(PAGE))


def test_a_sign_is_put_aside_for_a_written_reason(sign, dpo, read):
    answer = dpo.submit(f"{PAGE}/alertes/{sign}/sans-suite", reason=" ")
    assert answer.status_code == 422
    assert "Écrivez pourquoi" in read(answer)
    dpo.submit(f"{PAGE}/alertes/{sign}/sans-suite", reason="Prévu.")
    assert "9000 adresses" not in read(dpo.get(PAGE))
    assert dpo.submit(f"{PAGE}/alertes/{sign}/sans-suite", reason="Prévu.").status_code == 404


def test_each_look_and_each_act_is_recorded(touched_lea, dpo):
    before = len(acts())
    for path in (
        PAGE,
        FILE,
        f"{FILE}/personnes",
        f"{FILE}/lettres/apercu",
        f"{PAGE}/registre.csv",
    ):
        dpo.get(path)
        assert len(acts()) == before + 1, path
        before += 1


@pytest.mark.parametrize("page", ["dossier", "teleservice", "teleservice.json"])
def test_another_page_of_the_same_file_is_the_same_look(touched_lea, dpo, page):
    before = len(acts())
    dpo.get(FILE)
    dpo.get(f"{FILE}/{page}")

    assert len(acts()) == before + 1


def test_an_incident_that_does_not_exist_is_no_page(dpo):
    assert dpo.get(f"{PAGE}/VD-2026-9999").status_code == 404
    assert operations.next_reference(2026) == "VD-2026-0001"
