"""The manual alone is enough: its steps, taken one after the other by what it sets in bold."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from articles import rss
from demonstration import ROOT, Demo, link
from flows.test_main_job import sign_in
from loopback import website
from playwright.sync_api import Locator, Page, expect

from mailer.manual import contents

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("newcomer"),
]

CORPUS = Path(__file__).parents[1] / "corpus" / "move_in"
EXAMPLE = "37c0fc3cf072"


def text(part: str, name: str) -> str:
    return contents.page("fr", part, name).file.read_text()


def steps(page: str) -> list[str]:
    """What stands in bold in the numbered lines, in their order."""
    lines = [line for line in page.splitlines() if re.match(r"\d+\. ", line)]
    return re.findall(r"\*\*(.+?)\*\*", "\n".join(lines))


def press(page: Page, label: str) -> None:
    """Press the link or the button of that name, or see that the page says it."""
    found: Locator = page.get_by_role("link", name=label, exact=True).or_(
        page.get_by_role("button", name=label, exact=True)
    )
    said = page.get_by_role("heading", name=label, exact=True)
    expect(found.or_(said).first).to_be_visible()
    if found.count():
        found.first.click()


@pytest.fixture
def desk(page: Page, demo: Demo) -> Page:
    sign_in(page, demo.account("admin"))
    return page


def test_a_letter_is_written_tried_approved_and_on_its_way(desk: Page, demo: Demo):
    written = text("discover", "first-letter").partition("## Composer")[2]
    for label in steps(written):
        # Whoever approves and may send is led on without asking anybody.
        if label in {"Demander l’approbation", "Préparer l’envoi"}:
            continue
        if label == "Composer la lettre":
            for article in desk.locator("[name=article]").all()[:5]:
                article.check()
        if label == "M’envoyer un essai":
            desk.get_by_label("Objet").fill("Ma première lettre")
        if label == "Annuler l’envoi":
            desk.get_by_role("button", name=re.compile("^Envoyer à")).click()
        press(desk, label)

    assert "Ma première lettre" in str(demo.next_mail(demo.account("admin")[0])["Subject"])
    expect(desk.locator("main")).to_contain_text("Annulé")


def test_a_feed_is_connected(desk: Page):
    # What the page says once the worker has asked the site.
    said = {"Tester ce flux": "Ce qui serait lu", "Ajouter": "est ajouté"}
    with website() as site:
        site.add("/flux.xml", rss.rss("Le quai se repeint"), Content_Type="application/rss+xml")
        for label in steps(text("do", "connect-a-feed")):
            if label in said:
                desk.get_by_label("Adresse du site ou du flux").fill(f"{site.url}/flux.xml")
            press(desk, label)
            if label in said:
                expect(desk.get_by_text(said[label])).to_be_visible(timeout=60_000)

        desk.goto("/bureau/articles")
        expect(desk.get_by_role("link", name="Le quai se repeint")).to_be_visible()


def test_a_form_on_a_static_page_of_another_site_signs_somebody_up(desk: Page, demo: Demo):
    with website() as site:
        site.add("/favicon.ico", status=204)
        for label in steps(text("do", "embed-the-form")):
            if label == "Mettre son formulaire sur vos sites":
                press(desk, "La lettre de l’Estran")
            if label == "Enregistrer les sites":
                desk.get_by_label("Sites où le formulaire peut paraître").fill(site.url)
            press(desk, label)
        code = desk.locator("#code-form").input_value()
        html = f"<!doctype html><html lang=fr><meta charset=utf-8><title>Port</title>{code}"
        desk.goto(site.add("/", html.encode(), Content_Type="text/html; charset=utf-8"))
        desk.get_by_role("checkbox").check()
        desk.get_by_label("Mon adresse e-mail").fill("quai@exemple.fr")
        desk.get_by_role("button", name="S’inscrire").click()
        expect(desk.get_by_role("heading", level=1)).to_have_text("Vérifiez votre boîte")

    desk.goto(link(demo.next_mail("quai@exemple.fr"), "/inscriptions/"))
    desk.get_by_role("button", name="Confirmer mon inscription").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("C’est fait")


def typed(line: str, folder: Path) -> str:
    """What the command of the manual says, typed in the folder of the demonstration."""
    ran = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", *shlex.split(line)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "MAILER_DATA_FOLDER": "instance/demo"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_what_listmonk_exported_is_moved_in(desk: Page, demo: Demo):
    folder = demo.folder.parents[1]
    for name in ("lists", "subscribers", "campaigns"):
        shutil.copy(CORPUS / f"listmonk-{name}.json", folder / f"{name}.json")
    (folder / "notice.md").write_text("Le port utilise votre adresse pour envoyer sa lettre.")
    page = text("do", "move-in")
    look, _bare, keep, proven = [
        line for line in page.splitlines() if re.match("mailer (move-in listmonk|notice)", line)
    ]

    assert "kept apart" in typed(look, folder)
    digest = typed(keep, folder).strip()
    assert "subscribed, with their proof" in typed(proven.replace(EXAMPLE, digest), folder)
    desk.goto("/bureau/abonnes/importation")
    desk.get_by_role("link", name="subscribers.json, La lettre du port").click()
    expect(desk.get_by_role("heading", name="Demander, une fois")).to_be_visible()
