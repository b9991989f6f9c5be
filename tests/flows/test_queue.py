"""The officer's queue by keyboard alone, and without JavaScript, in a real browser."""

from collections.abc import Iterator

import pytest
from demonstration import Demo
from flows.walking import faults
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.xdist_group("queue")]

KEYS = ["j", "k", "Entrée", "a", "e", "/"]


def officer(browser: Browser, demo: Demo, *, scripts: bool) -> Page:
    """A page of the officer, right after signing in."""
    context = browser.new_context(base_url=demo.url, locale="fr-FR", java_script_enabled=scripts)
    page = context.new_page()
    address, passphrase = demo.account("dpo")
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(address)
    page.get_by_label("Phrase de passe").fill(passphrase)
    page.get_by_label("Phrase de passe").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("à traiter cette semaine")
    # What the script shows and listens to is there from then on.
    page.wait_for_load_state("load")
    return page


@pytest.fixture
def desk(chromium: Browser, demo: Demo) -> Iterator[Page]:
    """The queue of an officer who touches nothing but the keys; no error in the console."""
    page = officer(chromium, demo, scripts=True)
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.context.close()
    assert complaints == []


def press(page: Page, *keys: str) -> None:
    # A page that is there to the eye may still wait for the script that listens.
    page.wait_for_load_state("load")
    for key in keys:
        page.keyboard.press(key)


def reference(page: Page, row: int) -> str:
    return page.locator("tbody a").nth(row).inner_text()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_help_opens_by_a_key_lists_the_keys_and_gives_the_focus_back(desk: Page) -> None:
    press(desk, "j")
    first = reference(desk, 0)
    press(desk, "?")
    shown = desk.get_by_role("dialog", name="Raccourcis clavier")
    expect(shown).to_be_visible()
    shown_keys = shown.locator("kbd").all_inner_texts()
    assert shown_keys[: len(KEYS)] == KEYS
    assert "g d" in " ".join(shown_keys)
    assert shown_keys[-1] == "?"
    press(desk, "j", "a", "Escape")
    expect(shown).to_be_hidden()
    assert focused(desk) == first


def test_a_case_is_found_taken_opened_and_answered_by_keys_alone(desk: Page) -> None:
    second = reference(desk, 1)
    press(desk, "j", "j", "j", "k")
    assert focused(desk) == second

    press(desk, "a")
    said = desk.get_by_role("status").filter(has_text="1 demande est à vous.")
    expect(said).to_be_visible()
    row = desk.get_by_role("row").filter(has_text=second)
    expect(row).to_contain_text("Vous")
    desk.get_by_role("button", name="Annuler").focus()
    press(desk, "Enter")
    expect(desk.get_by_role("status")).to_have_text("1 demande est rendue.")
    expect(row).to_contain_text("Personne")

    press(desk, "j", "j", "Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text(second)
    press(desk, "a")
    expect(said).to_be_visible()
    press(desk, "e")
    assert desk.evaluate("document.activeElement.closest('[data-answer]') !== null")
    # In a field the keys are letters.
    desk.locator("[data-answer] textarea").first.focus()
    desk.keyboard.type("jkaged?/")
    expect(desk.locator("[data-answer] textarea").first).to_have_value("jkaged?/")

    desk.locator("h1").evaluate("title => document.activeElement.blur()")
    press(desk, "g", "d")
    desk.wait_for_url("**/bureau/demandes")
    press(desk, "/")
    desk.keyboard.type(second.lower())
    press(desk, "Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text(second)


def test_the_ticked_ones_are_taken_together_by_the_key(desk: Page) -> None:
    desk.get_by_label("Tout choisir").focus()
    press(desk, "Space")
    boxes = desk.locator("[name=reference]")
    expect(desk.locator("[name=reference]:checked")).to_have_count(boxes.count())
    press(desk, "a")
    expect(desk.get_by_role("status")).to_contain_text("demandes sont à vous.")
    desk.get_by_role("button", name="Annuler").focus()
    press(desk, "Enter")
    expect(desk.get_by_role("status")).to_contain_text("rendues.")


def test_the_keys_can_be_switched_off_and_stay_so(desk: Page) -> None:
    foot = desk.get_by_role("contentinfo")
    foot.get_by_role("button", name="Raccourcis clavier").focus()
    press(desk, "Enter")
    shown = desk.get_by_role("dialog", name="Raccourcis clavier")
    shown.get_by_role("button", name="Désactiver les raccourcis").focus()
    press(desk, "Enter", "Escape")
    desk.reload()
    press(desk, "j", "?")
    expect(shown).to_be_hidden()
    assert desk.evaluate("document.activeElement === document.body")
    foot.get_by_role("button", name="Activer les raccourcis").focus()
    press(desk, "Enter", "?")
    expect(shown).to_be_visible()


def test_the_day_goes_on_without_javascript(chromium: Browser, demo: Demo) -> None:
    page = officer(chromium, demo, scripts=False)
    expect(page.get_by_role("button", name="Raccourcis clavier")).to_have_count(0)
    expect(page.get_by_label("Tout choisir")).to_be_hidden()
    first, third, last = (reference(page, row) for row in (0, 2, -1))

    page.get_by_label(f"Choisir {first}").check()
    page.get_by_label(f"Choisir {third}").check()
    page.get_by_role("button", name="Je m’en occupe").click()
    expect(page.get_by_role("status")).to_have_text("2 demandes sont à vous.")

    page.get_by_label("À moi").check()
    page.get_by_role("button", name="Filtrer").click()
    for mine in (first, third):
        expect(page.locator("tbody")).to_contain_text(mine)
    expect(page.locator("tbody")).not_to_contain_text(last)
    page.get_by_role("link", name="Sans filtre").click()

    page.get_by_label("Référence ou adresse exacte").fill(third)
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(third)
    page.get_by_role("link", name="Toutes les demandes").click()
    page.get_by_role("link", name="Closes").click()
    expect(page.get_by_role("table")).to_contain_text("Réponse envoyée")
    page.context.close()


def test_taken_back_without_javascript(chromium: Browser, demo: Demo) -> None:
    page = officer(chromium, demo, scripts=False)
    last = page.locator("tbody a").last.inner_text()
    page.get_by_label(f"Choisir {last}").check()
    page.get_by_role("button", name="Je m’en occupe").click()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("row").filter(has_text=last)).to_contain_text("Personne")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_what_no_link_leads_to_is_without_faults(desk: Page, width: int, scheme: str) -> None:
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    found = {}
    press(desk, "?")
    found["help"] = faults(desk)
    press(desk, "Escape", "j", "a")
    expect(desk.get_by_role("status")).to_contain_text("à vous")
    found["taken"] = faults(desk)
    desk.get_by_role("button", name="Annuler").click()
    desk.get_by_role("searchbox").fill("personne@exemple.fr")
    press(desk, "Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Aucune demande ne vient")
    found["nothing"] = faults(desk)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
