"""The register of requests: a line a case, and nothing of the person."""

import csv
import io
from datetime import date

import pytest
from statements import statements

from mailer.db import transaction
from mailer.rights.grounds import Ground
from mailer.rights.kinds import Right
from mailer.rights.queries import by_reference
from mailer.rights.states import Outcome

PAGE, TABLE = "/bureau/demandes/registre", "/bureau/demandes/registre.csv"


def rows(browser, path=TABLE):
    text = browser.get(path).text.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("role", ["editor", "subscribers", "admin"])
@pytest.mark.parametrize("path", [PAGE, TABLE])
def test_the_register_does_not_exist_for_anyone_else(staff, role, path):
    assert staff(role).get(path).status_code == 404


def test_a_line_tells_the_case_and_what_became_of_each_right(dpo, lived):
    lived(
        *(Right.ACCESS, Right.OBJECTION),
        on=date(2026, 10, 1),
        answered_after=9,
        outcome=Outcome.REFUSED,
        ground=Ground.NOT_CONCERNED,
    )
    assert rows(dpo) == [
        {
            "Référence": "DR-2026-0001",
            "Droits": "Accès, Opposition",
            "Arrivée par": "Courrier postal",
            "Reçue le": "2026-10-01",
            "Réponse due le": "2026-11-02",
            "Prolongée": "non",
            "État": "Réponse envoyée",
            "Close le": "2026-10-10",
            "Jours": "9",
            "Issue de chaque droit": "Accès\u00a0: Refusé, Opposition\u00a0: Accordé",
            "Fondement d’un refus": "Accès\u00a0: Nous ne traitons pas ces données",
        }
    ]


def test_an_open_case_has_neither_end_nor_days(dpo, lived):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    (row,) = rows(dpo)
    assert (row["Close le"], row["Jours"], row["Issue de chaque droit"]) == ("", "", "")


def test_an_extension_shows(dpo, lived):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    dpo.submit(
        "/bureau/demandes/DR-2026-0001/prolongation", ground="number", facts="Vingt demandes."
    )
    assert rows(dpo)[0]["Prolongée"] == "oui"
    assert "Prolongée" in dpo.get(PAGE).text


def test_neither_the_page_nor_the_table_names_anybody(dpo, lived):
    lived(Right.ACCESS, on=date(2026, 11, 20), address="secret@exemple.fr")
    dpo.submit("/bureau/demandes/DR-2026-0001/attribution")
    for path in (PAGE, TABLE):
        text = dpo.get(path).text
        assert not any(word in text for word in ("secret", "s…", "Madame", "account:", "Camille"))


def test_a_cell_that_would_calculate_is_told_as_words(dpo, lived):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    with transaction():
        by_reference("DR-2026-0001").reference = '=HYPERLINK("http://x")'
    assert rows(dpo)[0]["Référence"] == '\'=HYPERLINK("http://x")'


def test_a_long_register_comes_in_pages_and_the_table_holds_it_all(dpo, lived):
    for number in range(52):
        lived(Right.ACCESS, on=date(2026, 11, 20), address=f"n{number}@exemple.fr")
    first = dpo.get(PAGE).text
    assert "DR-2026-0052" in first
    assert "DR-2026-0002" not in first
    assert "DR-2026-0002" in dpo.get(f"{PAGE}?apres=3").text
    assert [row["Référence"] for row in rows(dpo)][::51] == ["DR-2026-0052", "DR-2026-0001"]


def test_an_empty_register_says_what_will_stand_there(dpo, read):
    assert "Le registre est vide." in read(dpo.get(PAGE))


def test_the_register_asks_as_much_of_the_database_for_many_cases(dpo, lived):
    def asked():
        with statements() as seen:
            dpo.get(PAGE)
        return len(seen)

    lived(Right.ACCESS, on=date(2026, 11, 1))
    few = asked()
    for day in range(1, 13):
        lived(Right.ACCESS, Right.ERASURE, on=date(2026, 11, day))
    assert asked() == few <= 7
