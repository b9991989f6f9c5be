"""The form at the foot of an article on another site: plain, as a component, and in a frame."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from demonstration import Demo
from loopback import Site, website
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("embedding"),
]


@pytest.fixture
def agency(demo: Demo) -> Iterator[Site]:
    """A site on another origin, declared for the first list."""
    with website() as site:
        site.add("/favicon.ico", status=204)
        with closing(sqlite3.connect(demo.folder / "mailer.sqlite")) as database, database:
            database.execute(
                "INSERT INTO embed_origin SELECT MIN(id), ? FROM mailing_list", [site.url]
            )
        yield site


def codes(page: Page, demo: Demo) -> dict[str, str]:
    """What the desk gives to copy."""
    email, passphrase = demo.account("admin")
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Phrase de passe").fill(passphrase)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/bureau")
    page.goto("/bureau/listes/1/integration")
    return {
        way: page.locator(f"#code-{way}").input_value() for way in ("form", "component", "frame")
    }


def article(agency: Site, code: str) -> str:
    head = "<!doctype html><html lang=fr><meta charset=utf-8><title>Le phare</title>"
    html = f"{head}<h1>Le phare</h1>{code}"
    return agency.add("/article", html.encode(), Content_Type="text/html; charset=utf-8")


def test_each_way_signs_somebody_up_from_another_site(page: Page, demo: Demo, agency: Site):
    code = codes(page, demo)

    page.goto(article(agency, code["form"]))
    page.get_by_role("checkbox").check()
    page.get_by_label("Mon adresse e-mail").fill("simple@exemple.fr")
    page.get_by_role("button", name="S’inscrire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez votre boîte")
    assert demo.next_mail("simple@exemple.fr")

    page.goto(article(agency, code["component"]))
    page.get_by_role("button", name="S’inscrire").click()
    expect(page.get_by_text("Cochez au moins une lettre")).to_be_visible()
    assert (
        page.evaluate("document.querySelector('ml-subscribe').shadowRoot.activeElement.name")
        == "lists"
    )
    page.get_by_role("checkbox").check()
    page.get_by_label("Mon adresse e-mail").fill("composant@exemple.fr")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Vérifiez votre boîte")
    assert demo.next_mail("composant@exemple.fr")

    page.goto(article(agency, code["frame"]))
    frame = page.frame_locator("iframe")
    # It is our own page, which names its one letter.
    expect(frame.get_by_role("checkbox")).to_have_count(0)
    frame.get_by_label("Mon adresse e-mail").fill("cadre@exemple.fr")
    page.wait_for_timeout(2100)
    frame.get_by_role("button", name="S’inscrire").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("Vérifiez votre boîte")
    assert demo.next_mail("cadre@exemple.fr")
