"""Refusing to erase what is kept by law: read before it leaves, with ground, facts and remedies."""

import pytest
from demonstration import part
from flows.asking import ask, show_the_mailbox
from flows.test_main_job import sign_up
from playwright.sync_api import Page, expect

from mailer.db import db, transaction
from mailer.subscriptions.models import MailingList

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.xdist_group("requests")]

NADIA = "nadia.k@exemple.fr"
FACTS = "La preuve de votre accord du 2 mars est produite devant le juge."
GROUND = "Constatation ou défense de droits en justice"


@pytest.fixture
def case(site, reader, desk_of) -> Page:
    """At the desk, the request of somebody who asks for a copy, then to be erased."""
    with transaction():
        db.session.add(
            MailingList(slug="lettre", name="La lettre de l’Estran", description="…", frequency="…")
        )
    sign_up(reader, site, NADIA)
    reference = ask(reader, NADIA, "Savoir ce que vous avez sur moi", "Effacer mes données")
    show_the_mailbox(reader, site, NADIA)
    officer = desk_of("Anne")
    officer.goto(f"/bureau/demandes/{reference}")
    return officer


def refuse(officer: Page, ground: str, facts: str) -> None:
    officer.get_by_label("Accès", exact=True).select_option("Accordé")
    officer.get_by_label("Effacement", exact=True).select_option("Refusé")
    officer.get_by_label("Effacement : fondement d’un refus").select_option(ground)
    officer.get_by_label("Motif du refus, en fait et en droit").fill(facts)
    officer.get_by_label("Réponse à la personne").fill("Merci de votre patience.")
    officer.get_by_role("button", name="Relire les lettres").click()


@pytest.mark.parametrize(
    ("ground", "facts", "says", "wrong"),
    [
        (
            "Aucun : rien n’est refusé",
            FACTS,
            "Choisissez sur quoi ce refus se fonde.",
            "Effacement : fondement d’un refus",
        ),
        (
            GROUND,
            "",
            "Écrivez pourquoi, avec l’article qui le permet : un refus sans motif est nul.",
            "Motif du refus, en fait et en droit",
        ),
    ],
)
def test_a_refusal_that_rests_on_nothing_comes_back_with_all_that_was_typed(
    case, ground, facts, says, wrong
):
    refuse(case, ground, facts)

    expect(case.get_by_role("alert").get_by_role("link", name=says)).to_be_visible()
    expect(case.get_by_label(wrong)).to_have_attribute("aria-invalid", "true")
    expect(case.get_by_label("Accès", exact=True)).to_have_value("granted")
    expect(case.get_by_label("Effacement", exact=True)).to_have_value("refused")
    expect(case.get_by_label("Effacement : fondement").locator(":checked")).to_have_text(ground)
    expect(case.get_by_label("Motif du refus, en fait et en droit")).to_have_value(facts)
    expect(case.get_by_label("Réponse à la personne")).to_have_value("Merci de votre patience.")


def test_what_the_officer_reads_is_what_the_person_gets(case, site):
    reference = case.get_by_role("heading", level=1).inner_text()
    refuse(case, GROUND, FACTS)
    expect(case.get_by_role("heading", level=1)).to_have_text("Relisez les 2 lettres")
    foreseen = case.get_by_role("article").filter(has_text="Ce que nous refusons")
    for words in WRITTEN:
        expect(foreseen).to_contain_text(words)

    case.get_by_role("button", name="Signer, envoyer et clore").click()
    expect(case.get_by_role("alert")).to_contain_text("Recopiez la référence")
    case.get_by_label("Pour confirmer, recopiez la référence de la demande").fill(reference)
    case.get_by_role("button", name="Signer, envoyer et clore").click()
    expect(case.get_by_role("status")).to_have_text("La réponse part, et la demande est close.")

    mail = next(each for each in site.mails_to(NADIA) if "refusons" in part(each, "plain"))
    for kind in ("plain", "html"):
        text = spaced(part(mail, kind))
        assert [words for words in WRITTEN if spaced(words) not in text] == []


def spaced(text: str) -> str:
    """The words with one plain space between them."""
    return " ".join(text.split())


WRITTEN = (
    FACTS,
    "Accès\u00a0: Accordé",
    "17(3)(e)",
    "Commission nationale de l’informatique et des libertés (CNIL)",
    "3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07",
    "le tribunal administratif",
)
