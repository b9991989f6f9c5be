"""The main job, once through, as three people do it in a browser."""

import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from time import sleep
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from demonstration import Demo, link, part
from playwright.sync_api import Page, expect

from mailer.db import Base

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("main-job"),
]

STAYS, LEAVES = "reste@exemple.fr", "part@exemple.fr"
TITLE = "La passerelle du bois rouvre aux promeneurs"
FEED = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>La commune</title><link>https://commune.exemple.fr/</link>
<item><title>{TITLE}</title><link>https://commune.exemple.fr/passerelle</link>
<pubDate>Mon, 16 Nov 2026 09:00:00 +0100</pubDate>
<description>Deux ans de travaux, douze mètres de chêne.</description></item></channel></rss>"""


def sign_up(page: Page, demo: Demo, address: str) -> None:
    page.goto("/")
    # A letter that is offered alone has no box.
    for box in page.get_by_label("La lettre de l’Estran").all():
        box.check()
    page.get_by_label("Mon adresse e-mail").fill(address)
    page.get_by_role("button", name="S’inscrire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez votre boîte")
    page.goto(link(demo.next_mail(address), "/inscriptions/"))
    page.get_by_role("button", name="Confirmer mon inscription").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est fait")
    assert "confirmée" in str(demo.next_mail(address, known=1)["Subject"])


def sign_in(page: Page, account: tuple[str, str]) -> None:
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(account[0])
    page.get_by_label("Phrase de passe").fill(account[1])
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(re.compile("/bureau"))


def add_feed(page: Page, folder: Path) -> None:
    file = folder / "commune.xml"
    file.write_text(FEED, encoding="utf-8")
    page.goto("/bureau/sources")
    page.set_input_files("[type=file]", file)
    page.get_by_role("button", name="Ajouter").click()
    page.goto("/bureau/articles")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()


def compose(page: Page, subject: str) -> None:
    page.goto("/bureau/lettres/nouvelle")
    page.get_by_label(TITLE).check()
    page.locator("[name=article]").nth(4).check()
    page.get_by_label("La lettre de l’Estran").check()
    page.get_by_role("button", name="Composer la lettre").click()
    page.get_by_label("Objet").fill(subject)
    page.get_by_label("Texte d’aperçu").fill("La passerelle rouvre, et ce qui bouge sur la côte.")
    page.get_by_role("button", name=re.compile("^Descendre")).first.click()
    page.get_by_role("button", name="Enregistrer et vérifier").click()
    page.get_by_role("button", name="Envoyer un essai").click()
    page.get_by_role("button", name="Approuver la lettre").click()


def send(page: Page, subject: str) -> str:
    """Send the approved letter; returns the address of its campaign."""
    page.goto("/bureau/envois")
    page.get_by_role("link", name=subject).click()
    page.get_by_role("button", name=re.compile(r"^Envoyer à [\d\s]+ abonnés$")).click()
    expect(page.get_by_role("button", name="Annuler l’envoi")).to_be_visible()
    return page.url


def object_to_letters(page: Page, address: str) -> None:
    page.goto("/droits")
    page.get_by_label("Ne plus recevoir aucune lettre").check()
    page.get_by_label("Adresse e-mail concernée").fill(address)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"DR-\d{4}-\d{4}"))


def test_from_a_form_to_a_letter_and_out_again(chromium, page, demo, tmp_path):
    subject = "Ce que l’automne apporte"
    sign_up(page, demo, STAYS)
    sign_up(page, demo, LEAVES)
    staff = chromium.new_context(base_url=demo.url, locale="fr-FR").new_page()
    sign_in(staff, demo.account("staff"))
    add_feed(staff, tmp_path)
    compose(staff, subject)
    assert subject in str(demo.next_mail(demo.account("staff")[0])["Subject"])

    campaign = send(staff, subject)
    object_to_letters(page, LEAVES)
    acknowledgement = demo.next_mail(LEAVES, known=2)
    staff.goto(campaign)
    expect(staff.locator("main")).to_contain_text("Terminé", timeout=180_000)

    letter = demo.next_mail(STAYS, known=2)
    assert letter["Subject"] == subject
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert TITLE in part(letter, "html")
    assert TITLE in part(letter, "plain")
    assert "au plus tard le" in part(acknowledgement, "plain")
    assert [mail["Subject"] for mail in demo.mails_to(LEAVES)].count(subject) == 0
    officer = chromium.new_context(base_url=demo.url, locale="fr-FR").new_page()
    sign_in(officer, demo.account("dpo"))
    officer.goto("/bureau/demandes")
    expect(officer.locator("main")).to_contain_text("p••••@exemple.fr")
    staff.context.close()
    officer.context.close()
    opening_links_changes_no_row(demo)
    the_log_names_nobody(demo)


def test_the_link_in_the_letter_shows_one_button_and_leaves(page, demo):
    address = "bouton@exemple.fr"
    sign_up(page, demo, address)
    page.goto(link(demo.mails_to(address)[0], "/desinscriptions/"))
    page.get_by_role("button", name="Me désinscrire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est fait")


# Turns of jobs, beats of workers, links of the record, days that are counted.
BY_TIME = {"job_turn", "worker_beat", "audit_link", "list_day"}


def rows(demo: Demo) -> list[str]:
    """Every row of our tables but what comes by time."""
    with closing(sqlite3.connect(demo.folder / "mailer.sqlite")) as database:
        return [
            f"{name} {row}"
            for name in sorted(Base.metadata.tables.keys() - BY_TIME)
            for row in database.execute(f"SELECT * FROM {name}")  # noqa: S608 - a table of ours
        ]


def settled(demo: Demo) -> list[str]:
    """Every row, once what the worker still had to send has left."""
    before = rows(demo)
    for _ in range(30):
        sleep(1)
        if (after := rows(demo)) == before:
            break
        before = after
    return before


def opening_links_changes_no_row(demo: Demo) -> None:
    mails = [*demo.mails_to(STAYS), *demo.mails_to(LEAVES)]
    texts = "\n".join(part(mail, kind) for mail in mails for kind in ("plain", "html"))
    headers = "\n".join(str(mail.get("List-Unsubscribe", "")) for mail in mails)
    links = set(re.findall(rf"{demo.url}/[^\s\"<>)]*", texts + headers))
    assert {"inscriptions", "desinscriptions", "u", "droits", "lettres"} <= {
        link.removeprefix(demo.url).split("/")[1] for link in links
    }

    before = settled(demo)
    for address in links:
        for method in ("GET", "HEAD") * 20:
            with suppress(HTTPError), urlopen(Request(address, method=method)):
                pass
    assert rows(demo) == before


def the_log_names_nobody(demo: Demo) -> None:
    log = demo.output.read_text()
    assert "endpoint=subscriptions.create" in log
    tokens = [
        token
        for mail in demo.mails_to(STAYS)
        for token in re.findall(r"/([\w.-]{30,})", part(mail, "plain"))
    ]
    assert tokens
    named = [word for word in (STAYS, LEAVES, *tokens) if word in log]
    assert named == []
