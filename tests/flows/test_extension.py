"""Taking longer, on the last day on which it may be told, and on the day after."""

from datetime import UTC, datetime

import pytest
import time_machine
from demonstration import part
from flows.asking import ask
from flows.test_refusal import spaced
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.xdist_group("requests")]

LOU = "lou@exemple.fr"
# A Sunday; a month later is a Tuesday.
RECEIVED = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
LAST_DAY = datetime(2026, 12, 22, 22, 50, tzinfo=UTC)
# Past midnight in Paris, a quarter of an hour later.
DAY_AFTER = datetime(2026, 12, 22, 23, 5, tzinfo=UTC)
FACTS = "Trois registres d’avant 2018 sont à relire à la main."


@pytest.fixture
def clock():
    with time_machine.travel(RECEIVED) as clock:
        yield clock


@pytest.fixture
def case(clock, site, reader):
    """Where the desk shows a request that came on that Sunday."""
    return f"/bureau/demandes/{ask(reader, LOU, 'Savoir ce que vous avez sur moi')}"


def test_on_the_last_day_it_is_told_with_both_dates_and_why(clock, case, site, desk_of):
    known = len(site.mails_to(LOU))
    clock.move_to(LAST_DAY)
    officer = desk_of("Anne")
    officer.goto(case)
    officer.get_by_text("Prolonger le délai").click()
    officer.get_by_label("Raison").select_option("votre demande est complexe")
    officer.get_by_label("Les faits, tels que la personne les lira").fill(FACTS)
    officer.get_by_role("button", name="Prolonger et prévenir la personne").click()

    expect(officer.get_by_role("status")).to_contain_text("Délai prolongé")
    due = officer.get_by_role("heading", name="Réponse au plus tard le lundi 22 février 2027")
    expect(due).to_be_visible()
    expect(officer.get_by_text("Prolonger le délai")).to_have_count(0)
    mail = site.next_mail(LOU, known)
    assert "plus tard que prévu" in str(mail["Subject"])
    for kind in ("plain", "html"):
        text = spaced(part(mail, kind))
        assert [words for words in WRITTEN if words not in text] == []


WRITTEN = (
    "au plus tard le mardi 22 décembre 2026",
    "au plus tard le lundi 22 février 2027",
    "votre demande est complexe",
    "12(3)",
    FACTS,
    "Commission nationale de l’informatique et des libertés (CNIL)",
    "3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07",
    "le tribunal administratif",
)


def test_one_day_late_it_is_neither_offered_nor_taken(clock, case, site, desk_of):
    clock.move_to(LAST_DAY)
    officer = desk_of("Anne")
    officer.goto(case)
    officer.get_by_text("Prolonger le délai").click()
    officer.get_by_label("Les faits, tels que la personne les lira").fill(FACTS)
    known = len(site.mails_to(LOU))

    # The page stood open past midnight.
    clock.move_to(DAY_AFTER)
    officer.get_by_role("button", name="Prolonger et prévenir la personne").click()
    expect(officer.get_by_role("status")).to_have_text(
        "La date de réponse est passée : elle ne se repousse plus. Répondez sans attendre."
    )
    expect(officer.get_by_text("Prolonger le délai")).to_have_count(0)
    expect(officer.locator("main")).to_contain_text("elle ne se repousse plus.")
    due = officer.get_by_role("heading", name="Réponse au plus tard le mardi 22 décembre 2026")
    expect(due).to_be_visible()
    assert len(site.mails_to(LOU)) == known
