"""What no checker sees: the keyboard, the focus, wide spacing, no motion, forced colours.

One demonstration, its pages of visitors and of the desk, each asked a question by a script.
"""

from collections.abc import Iterator

import pytest
from flows import probes
from flows.test_main_job import sign_in
from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("behaviour"),
]

VISITORS = [
    "/", "/archives", "/droits", "/droits/suivi", "/gestion", "/donnees-personnelles",
    "/accessibilite", "/connexion", "/listes/lettre",
]  # fmt: skip
DESK = [
    "/bureau", "/bureau/lettres", "/bureau/lettres/nouvelle", "/bureau/articles",
    "/bureau/articles/saisie", "/bureau/sources", "/bureau/envois", "/bureau/abonnes",
    "/bureau/listes/nouvelle", "/bureau/abonnes/importation", "/bureau/demandes",
    "/bureau/demandes/nouvelle", "/bureau/demandes/bilan", "/bureau/demandes/registre",
    "/bureau/violations/nouvelle", "/bureau/conservation", "/bureau/registre", "/bureau/travaux",
    "/bureau/retours", "/bureau/lettres/apparence", "/bureau/envois-automatiques/nouveau",
]  # fmt: skip
FORMS = {
    "/": "S’inscrire",
    "/droits": "Continuer",
    "/gestion": "lien",
    "/connexion": "Se connecter",
}


@pytest.fixture(scope="module")
def officer(chromium: Browser, demo) -> Iterator[Page]:
    """A page of who may open the whole desk; its browser lets a test add a style sheet."""
    context = chromium.new_context(base_url=demo.url, locale="fr-FR", bypass_csp=True)
    page = context.new_page()
    sign_in(page, demo.account("admin"))
    yield page
    context.close()


@pytest.fixture
def look(officer: Page):
    """`look(probe)`: what the probe finds on each page that has something."""
    officer.emulate_media(color_scheme="light", reduced_motion="no-preference")

    def over(probe, *, width=1280, height=900):
        officer.set_viewport_size({"width": width, "height": height})
        found = {}
        for path in (*VISITORS[:-2], VISITORS[-1], *DESK):
            officer.goto(path)
            if told := probe(officer):
                found[path] = told
        return found

    yield over
    officer.emulate_media(reduced_motion="no-preference", forced_colors="none")


def out_of_order(page):
    count = probes.ask(page, "stops")
    stops = probes.tabbed(page)
    order = [stop.index for stop in stops]
    faults = [stop.fault for stop in stops if stop.fault]
    return faults or (order != list(range(count)) and [count, *order])


def test_tab_goes_through_the_page_in_its_order_and_is_seen(look):
    assert look(out_of_order) == {}


def test_what_has_the_focus_is_seen_in_forced_colours_too(look, officer):
    officer.emulate_media(forced_colors="active")

    assert look(lambda page: out_of_order(page) or probes.ask(page, "edgeless")) == {}


def test_at_400_percent_nothing_scrolls_sideways(look):
    assert look(lambda page: probes.ask(page, "sideways"), width=320, height=256) == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_wider_spacing_loses_nothing(look, width):
    def spaced(page):
        page.add_style_tag(content=probes.SPACED)
        return probes.ask(page, "cut") or probes.ask(page, "sideways")

    assert look(spaced, width=width) == {}


def test_nothing_moves_for_who_wants_no_motion(look, officer):
    officer.emulate_media(reduced_motion="reduce")

    assert look(lambda page: probes.ask(page, "moves")) == {}


def test_every_table_has_a_caption_and_headers(look):
    assert look(lambda page: probes.ask(page, "tables")) == {}


def test_no_link_says_only_here(look):
    assert look(lambda page: probes.ask(page, "vague")) == {}


def test_what_can_be_used_has_a_role_and_a_name(look):
    assert look(probes.nameless) == {}


def test_titles_tell_the_pages_apart(look):
    titles = look(lambda page: page.title())

    assert len(set(titles.values())) == len(titles)


def test_without_style_sheets_everything_is_still_there(look):
    def lost(page):
        shown = probes.ask(page, "words")
        probes.ask(page, "bare")
        return sorted(set(shown) - set(probes.ask(page, "words")))

    assert look(lost) == {}


def test_the_skip_link_leads_to_the_content(look):
    def missed(page):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        return not probes.ask(page, "skipped")

    assert look(missed) == {}


IN_A_FIELD = "document.activeElement.matches('input, select, textarea')"


@pytest.mark.parametrize("path", FORMS)
def test_an_error_is_announced_and_leads_to_its_field(page, path):
    page.goto(path)
    page.locator("main form").last.get_by_role("button", name=FORMS[path]).click()

    assert page.title().startswith("Erreur")
    summary = page.locator(".summary")
    assert summary.get_attribute("role") == "alert"
    assert page.evaluate("document.activeElement.classList.contains('summary')")
    summary.get_by_role("link").first.click()
    # A field has the focus at once; of a group, its first field is the next stop.
    if not page.evaluate(IN_A_FIELD):
        page.keyboard.press("Tab")
    assert page.evaluate(IN_A_FIELD)
    assert page.evaluate("!!document.activeElement.closest('.wrong, fieldset')")


def test_fields_about_oneself_can_be_filled_by_the_browser(page):
    for path in VISITORS:
        page.goto(path)
        assert probes.ask(page, "unfilled") == [], path


def test_what_happened_is_said_in_a_live_region(officer):
    officer.goto("/bureau/groupes-essai/nouveau")
    officer.get_by_label("Nom").fill("Relecture du lundi")
    officer.get_by_label("Adresses").fill("collegue@exemple.fr")
    officer.locator("main form button").last.click()

    assert officer.get_by_role("status").first.inner_text().strip()
