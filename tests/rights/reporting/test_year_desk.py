"""The report of a year as the officer reads it, prints it and takes it away."""

import csv
import io
from datetime import date

import pytest
from statements import statements

from mailer.db import db, transaction
from mailer.rights.grounds import Ground
from mailer.rights.kinds import Right
from mailer.rights.models import Channel
from mailer.rights.purging import purge
from mailer.rights.states import Outcome

YEAR = "/bureau/demandes/bilan/2026"


@pytest.fixture
def year(lived):
    """Three cases of the year: one refused in time, one answered late, one still open."""
    lived(
        Right.ACCESS,
        on=date(2026, 3, 2),
        answered_after=10,
        outcome=Outcome.REFUSED,
        ground=Ground.EXCESSIVE,
    )
    lived(Right.ACCESS, Right.ERASURE, on=date(2026, 5, 4), answered_after=60)
    return lived(Right.OBJECTION, on=date(2026, 11, 3), channel=Channel.FORM)


def lines(browser, path=f"{YEAR}/fichiers/csv"):
    """The table as the program of the officer reads it: by section and label."""
    text = browser.get(path).text.removeprefix("\ufeff")
    return {(section, label): number for section, label, number in csv.reader(io.StringIO(text))}


@pytest.mark.parametrize("role", ["editor", "admin"])
@pytest.mark.parametrize("path", [YEAR, f"{YEAR}/fichiers/csv", f"{YEAR}/fichiers/json"])
def test_the_year_does_not_exist_for_anyone_else(staff, role, path):
    assert staff(role).get(path).status_code == 404


def test_the_table_counts_the_year(dpo, year):
    found = lines(dpo)
    assert found["Par droit", "Accès"] == "2"
    assert found["Par voie d’arrivée", "Formulaire du site"] == "1"
    assert found["Par issue", "Refusé"] == "1"
    assert found["Par issue", "Encore ouvertes"] == "1"
    assert found["Délais", "Jours pour répondre, maximum"] == "60"
    assert found["Délais", "Réponses en retard"] == "2"
    assert found["Refus, par fondement", "Demande infondée ou excessive"] == "1"
    assert found["Encore ouvertes, par âge", "De 16 à 30 jours"] == "1"


def test_the_program_reads_the_same_numbers(dpo, year):
    said = dpo.get(f"{YEAR}/fichiers/json").json
    assert (said["cases"], said["asked"], said["answered"], said["open"]) == (3, 4, 3, 1)
    assert said["refusal_grounds"] == {"excessive": 1}


def test_a_purged_file_goes_on_counting_in_its_year(dpo, year):
    before = lines(dpo)
    with transaction():
        purge([case for case in [db.session.merge(year)] if case])
    after = lines(dpo)
    assert after["Par droit", "Opposition"] == before["Par droit", "Opposition"] == "1"


def test_a_purged_refusal_stays_a_refusal_without_its_ground(dpo, lived):
    case = lived(
        Right.ACCESS,
        on=date(2026, 3, 2),
        answered_after=10,
        outcome=Outcome.REFUSED,
        ground=Ground.EXCESSIVE,
    )
    with transaction():
        purge([db.session.merge(case)])
    found = lines(dpo)
    assert found["Refus, par fondement", "Fondement non gardé"] == "1"
    assert found["Délais", "Jours pour répondre, médiane"] == "10"


def test_questions_about_who_asks_are_counted(dpo, lived):
    lived(Right.ACCESS, on=date(2026, 11, 3))
    dpo.submit(
        "/bureau/demandes/DR-2026-0001/identite", wanted="2", doubt="Deux lettres se contredisent."
    )
    assert lines(dpo)["Questions d’identité", "Questions posées"] == "1"


def test_the_page_and_the_print_say_the_year_and_name_nobody(dpo, year, read):
    for path in (YEAR, f"{YEAR}/fichiers/html"):
        page = read(dpo.get(path))
        assert "3 demandes, 4 droits demandés en 2026" in page
        assert "nadia" not in page.lower()
        assert "DR-2026" not in page


def test_a_year_without_requests_says_so(dpo, read):
    assert "Aucune demande reçue cette année." in read(dpo.get(YEAR))


@pytest.mark.parametrize("year", [0, 1999, 2025, 2027, 99999])
def test_a_year_that_nobody_counted_does_not_exist(dpo, year):
    assert dpo.get(f"/bureau/demandes/bilan/{year}").status_code == 404


def test_the_years_of_the_first_request_on_are_offered(dpo, lived, read):
    lived(Right.OBJECTION, on=date(2024, 3, 2), answered_after=1)
    page = read(dpo.get("/bureau/demandes/bilan"))
    assert all(f"Année {year}" in page for year in (2024, 2025, 2026))
    assert "Année 2023" not in page


def test_an_unknown_form_of_file_does_not_exist(dpo):
    assert dpo.get(f"{YEAR}/fichiers/xlsx").status_code == 404


def test_the_year_asks_as_much_of_the_database_for_many_cases(dpo, lived):
    def asked():
        with statements() as seen:
            dpo.get(YEAR)
        return len(seen)

    lived(Right.ACCESS, on=date(2026, 11, 1), answered_after=3)
    few = asked()
    for day in range(1, 13):
        lived(Right.ACCESS, Right.ERASURE, on=date(2026, 10, day), answered_after=9)
    assert asked() == few <= 8
