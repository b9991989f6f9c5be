"""Every page of a request, in every state, light and dark, on a phone and on a desk."""

from collections.abc import Callable

import pytest
from flows import cases
from flows.walking import LOOKS, faults
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("case-pages"),
    # What the pages look like does not depend on the database.
    pytest.mark.parametrize("server", ["sqlite"], indirect=True),
]


@pytest.fixture
def pages(site) -> dict[str, str]:
    return cases.addresses_of_all()


@pytest.fixture
def desk(desk_of) -> Page:
    return desk_of("Anne")


def opened(page: Page) -> Page:
    """All that folds is unfolded: what is hidden is not looked at."""
    page.eval_on_selector_all("main details", "all => all.forEach(each => each.open = true)")
    return page


def faults_of(page: Page, name: str) -> dict[tuple[str, int, str], list[str]]:
    """What is wrong with the page, look by look."""
    found = {}
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        if wrong := faults(opened(page)):
            found[name, width, scheme] = wrong
    return found


@pytest.mark.parametrize("state", cases.STATES)
def test_a_case_has_no_fault_in_any_state(desk, pages, state):
    desk.goto(pages[state])
    assert faults_of(desk, state) == {}


def preview(desk: Page, pages: dict[str, str]) -> None:
    desk.goto(pages["received"])
    desk.get_by_label("Accès", exact=True).select_option("Aucune donnée trouvée")
    desk.get_by_label("Effacement", exact=True).select_option("Refusé")
    desk.get_by_label("Effacement : fondement").select_option("Obligation légale de garder")
    desk.get_by_label("Motif du refus").fill("La preuve de votre accord reste due.")
    desk.get_by_role("button", name="Relire les lettres").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Relisez")


def unanswered(desk: Page, pages: dict[str, str]) -> None:
    desk.goto(pages["received"])
    desk.get_by_role("button", name="Relire les lettres").click()
    expect(desk.get_by_role("alert")).to_be_visible()


def revealed(desk: Page, pages: dict[str, str]) -> None:
    desk.goto(pages["rectified"])
    desk.get_by_role("button", name="Afficher l’adresse").click()
    expect(desk.locator("main")).to_contain_text(cases.READER)


def signature(desk: Page, pages: dict[str, str]) -> None:
    desk.goto(pages["ready"])
    desk.get_by_role("link", name="Relire et signer").click()


def unsigned(desk: Page, pages: dict[str, str]) -> None:
    signature(desk, pages)
    desk.get_by_role("button", name="Signer, envoyer et clore").click()
    expect(desk.get_by_role("alert")).to_be_visible()


def new(desk: Page, _pages: dict[str, str]) -> None:
    desk.goto("/bureau/demandes/nouvelle")


def incomplete(desk: Page, _pages: dict[str, str]) -> None:
    desk.goto("/bureau/demandes/nouvelle")
    desk.get_by_text("Quelqu’un demande pour la personne").click()
    desk.get_by_label("Demande faite par").select_option("Quelqu’un qu’elle a mandaté")
    desk.get_by_role("button", name="Enregistrer la demande").click()
    expect(desk.get_by_role("alert")).to_be_visible()


def reopened(desk: Page, pages: dict[str, str]) -> None:
    desk.goto(pages["archived"])
    desk.get_by_role("button", name="Ouvrir le dossier").click()
    expect(desk.get_by_role("alert")).to_be_visible()


def consulted(desk: Page, pages: dict[str, str]) -> None:
    desk.goto(pages["archived"])
    desk.get_by_label("Pourquoi").fill("Une réclamation.")
    desk.get_by_role("button", name="Ouvrir le dossier").click()
    expect(desk.get_by_role("heading", name="Le dossier")).to_be_visible()


STEPS: list[Callable[[Page, dict[str, str]], None]] = [
    *(preview, unanswered, revealed, signature, unsigned, new, incomplete, reopened, consulted),
]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_what_follows_a_button_has_no_fault(desk, pages, step):
    step(desk, pages)
    assert faults_of(desk, step.__name__) == {}
