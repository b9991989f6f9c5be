"""From five articles to a test in the mailbox: by clicks that are counted, and by keys alone."""

import re
import time

import pytest
from demonstration import part
from flows.test_main_job import sign_in
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600), pytest.mark.xdist_group("composing")]

CLICKS_AT_MOST = 14
SECONDS_AT_MOST = 120
# Where every link and field of the page before the wanted one takes a press, at most.
TABS_AT_MOST = 150
COUNT = "addEventListener('click', (event) => event.detail && window.clicked(), true)"


def blocks(page: Page) -> list[str]:
    return page.eval_on_selector_all("[name=block]", "all => all.map(each => each.value)")


def test_five_articles_reach_the_mailbox_in_few_clicks(page, demo):
    clicks: list[int] = []
    page.expose_function("clicked", lambda: clicks.append(1))
    page.add_init_script(COUNT)
    address, _ = demo.account("staff")
    sign_in(page, demo.account("staff"))
    page.goto("/bureau/lettres")
    known, began = len(demo.mails_to(address)), time.monotonic()
    clicks.clear()

    page.get_by_role("link", name="Nouvelle lettre").click()
    titles = page.locator(".choice.article label").all_inner_texts()
    ticked = [titles[n] for n in (4, 0, 3, 1, 2)]
    for title in ticked:
        page.get_by_label(title).check()
    page.get_by_role("button", name="Composer la lettre").click()
    page.get_by_label("Objet").fill("Cinq nouvelles de la côte")
    page.get_by_role("button", name=re.compile("^Descendre")).first.click()
    page.get_by_role("button", name="M’envoyer un essai").click()
    mail = demo.next_mail(address, known)

    assert len(clicks) <= CLICKS_AT_MOST
    assert time.monotonic() - began <= SECONDS_AT_MOST
    text = part(mail, "plain")
    moved = [ticked[1], ticked[0], *ticked[2:]]
    assert "Cinq nouvelles de la côte" in str(mail["Subject"])
    assert sorted(moved, key=lambda title: text.index(words(title))) == moved


def words(title: str) -> str:
    """What of a title stands on one line of the text."""
    return " ".join(title.split()[:4])


def reach(page: Page, name: str) -> None:
    """Press Tab until the element of that name has the focus."""
    for _ in range(TABS_AT_MOST):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "(e => e.labels?.[0]?.innerText ?? e.textContent.trim())(document.activeElement)"
        )
        if told.strip().startswith(name):
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_five_articles_reach_the_mailbox_by_keys_alone(page, demo):
    address, _ = demo.account("staff")
    sign_in(page, demo.account("staff"))
    page.goto("/bureau/lettres")
    known = len(demo.mails_to(address))

    reach(page, "Nouvelle lettre")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nouvelle lettre")
    for title in page.locator(".choice.article label").all_inner_texts()[:5]:
        reach(page, title)
        page.keyboard.press("Space")
    reach(page, "Composer la lettre")
    page.keyboard.press("Enter")
    expect(page.locator("ml-composer")).to_be_attached()
    before = blocks(page)
    assert len(before) == 5
    reach(page, "Déplacer")
    page.keyboard.press("Alt+ArrowDown")
    assert blocks(page)[:2] == [before[1], before[0]]
    expect(page.locator("[data-said]")).to_have_text("Bloc 2 sur 5")
    page.keyboard.press("Control+Home")
    page.evaluate("document.activeElement.blur()")
    reach(page, "M’envoyer un essai")
    page.keyboard.press("Enter")
    assert demo.next_mail(address, known)


def test_what_is_typed_while_the_network_is_gone_is_saved_when_it_is_back(chromium, demo):
    page = chromium.new_context(base_url=demo.url, locale="fr-FR").new_page()
    sign_in(page, demo.account("staff"))
    page.goto("/bureau/lettres")
    page.get_by_role("link", name="Avant l’hiver").first.click()
    page.route("**/bureau/lettres/*", lambda route: route.fulfill(status=503))
    page.get_by_label("Objet").fill("Écrit dans un tunnel")
    expect(page.locator("#etat")).to_contain_text("Pas encore enregistré, nouvel essai")
    page.unroute("**/bureau/lettres/*")
    expect(page.locator("#etat .saved")).to_be_visible(timeout=20_000)
    page.reload()
    expect(page.get_by_label("Objet")).to_have_value("Écrit dans un tunnel")
    page.context.close()


def test_a_block_is_dragged_removed_and_brought_back(page, demo):
    sign_in(page, demo.account("staff"))
    page.goto("/bureau/lettres")
    page.locator("tbody tr", has_text="Brouillon").first.get_by_role("link").click()
    before = blocks(page)
    handle = page.locator(".handle").first
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 10, box["y"] + 30)
    page.mouse.move(box["x"] + 10, page.locator("[data-unit]").nth(1).bounding_box()["y"] + 90)
    page.mouse.up()
    dragged = blocks(page)
    assert dragged[:2] == [before[1], before[0]]
    page.get_by_role("button", name="Retirer le bloc 1").click()
    assert blocks(page) == dragged[1:]
    page.locator(".gone").get_by_role("button", name="Annuler").click()
    assert blocks(page) == dragged
    expect(page.locator("#etat .saved")).to_be_visible()
