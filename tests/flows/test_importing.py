"""A file of addresses at the desk, from the drop to the undoing, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from demonstration import Demo
from playwright.sync_api import Browser, Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("main-job"),
]
FILE = (
    "Nom,Courriel\nAnne,anne@import.exemple.fr\nLéo,leo@import.exemple.fr\nRémi,remi.exemple.fr\n"
)
# The worker of a busy machine takes its time.
SOON = 120_000


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def desk(request: pytest.FixtureRequest, chromium: Browser, demo: Demo) -> Iterator[Page]:
    """A page of the staff, with and without JavaScript."""
    context = chromium.new_context(
        base_url=demo.url, locale="fr-FR", java_script_enabled=request.param
    )
    page = context.new_page()
    address, passphrase = demo.account("staff")
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(address)
    page.get_by_label("Phrase de passe").fill(passphrase)
    page.get_by_role("button", name="Se connecter").click()
    yield page
    context.close()


def wait_for(page: Page, words: str | re.Pattern[str]) -> None:
    """Until the worker has come that far: the page moves by itself, or by its button."""
    for _ in range(60):
        if page.get_by_text(words).count():
            return
        refresh = page.get_by_role("link", name="Actualiser")
        if refresh.count():
            refresh.click()
        page.wait_for_timeout(2_000)
    expect(page.get_by_text(words)).to_be_visible(timeout=SOON)


def test_a_file_is_dropped_checked_imported_and_undone(desk: Page, tmp_path: Path) -> None:
    file = tmp_path / "salon.csv"
    file.write_text(FILE, encoding="utf-8")
    desk.goto("/bureau/abonnes/importation")
    desk.set_input_files("[type=file]", file)
    desk.get_by_role("button", name="Vérifier ce fichier").click()

    expect(desk.get_by_role("heading", level=1)).to_have_text("Vérifier les colonnes")
    expect(desk.get_by_role("cell", name="anne@import.exemple.fr")).to_be_visible()
    expect(desk.get_by_label(re.compile("colonne Courriel"))).to_have_value("email")
    desk.get_by_role("button", name="Lire le fichier").click()

    wait_for(desk, "adresse sans @")
    expect(desk.locator("main")).to_contain_text("Rien n’est encore écrit")
    desk.get_by_role("button", name="Importer 2 adresses").click()

    wait_for(desk, "Ce qui a été fait")
    expect(desk.locator("main")).to_contain_text("mises de côté, faute de preuve")
    desk.get_by_role("link", name="Annuler cet import").click()
    desk.get_by_role("button", name="Annuler cet import").click()
    wait_for(desk, "Ce que cet import avait fait est retiré")
