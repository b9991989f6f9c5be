"""Leaving takes no more steps than joining, in a real browser without scripts, by keyboard."""

import re
import sqlite3
from contextlib import closing
from email.message import EmailMessage

import pytest
from flows.walking import faults
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

CAMILLE = "camille.portes@exemple.fr"


class Steps:
    """A person at the keyboard; each thing that they must do counts."""

    def __init__(self, page: Page, demo, address: str = CAMILLE) -> None:
        self.page, self.demo, self.address, self.taken = page, demo, address, 0

    def opens(self, address: str) -> None:
        self.page.goto(address)
        self.taken += 1

    def ticks(self, label: str) -> None:
        self.page.get_by_label(label).first.focus()
        self.page.keyboard.press("Space")
        self.taken += 1

    def types(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.focus()
        self.page.keyboard.type(text)
        self.taken += 1

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.taken += 1

    def link(self, path: str, known: int = 0) -> str:
        # Mails of the test before may still be arriving.
        while not (found := self._link_in(self.demo.next_mail(self.address, known), path)):
            known += 1
        return found

    def _link_in(self, mail: EmailMessage, path: str) -> str:
        text = mail.get_body(("plain",)).get_content()
        return "".join(re.findall(rf"http://\S+/{path}/\S+", text)[:1])


@pytest.mark.timeout(300)
def test_leaving_takes_no_more_steps_than_joining_and_neither_needs_scripts(
    chromium: Browser, demo
):
    context = chromium.new_context(base_url=demo.url, locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    joining = Steps(page, demo)
    joining.opens("/")
    joining.ticks("La lettre")
    joining.types("Mon adresse e-mail", CAMILLE)
    page.wait_for_timeout(2500)
    joining.presses("S’inscrire")
    joining.opens(joining.link("inscriptions"))
    joining.presses("Confirmer mon inscription")

    leaving = Steps(page, demo)
    leaving.opens(leaving.link("desinscriptions", known=1))
    leaving.presses("Me désinscrire")

    assert page.get_by_role("heading", level=1).inner_text() == "C’est fait"
    assert leaving.taken <= joining.taken
    assert context.cookies() == []
    context.close()


def reader_of(demo) -> str:
    """Somebody who receives the first list."""
    active = (
        "SELECT address FROM subscriber JOIN subscription ON subscriber_id = subscriber.id"
        " WHERE state = 'active' AND list_id = 1 LIMIT 1"
    )
    with closing(sqlite3.connect(demo.folder / "mailer.sqlite")) as database:
        return database.execute(active).fetchone()[0]


@pytest.mark.timeout(300)
def test_the_pages_of_preferences_are_without_faults(page, demo):
    address = reader_of(demo)
    steps = Steps(page, demo, address)
    found = {}
    steps.opens("/gestion")
    found["asking"] = faults(page)
    steps.types("Mon adresse e-mail", address)
    page.wait_for_timeout(2500)
    steps.presses("Recevoir mon lien")
    found["asked"] = faults(page)
    link = steps.link("preferences")
    steps.opens(link)
    found["preferences"] = faults(page)
    steps.ticks("La lettre")
    steps.presses("Enregistrer mes choix")
    found["saved"] = faults(page)
    steps.presses("Annuler")
    found["undone"] = faults(page)
    steps.opens(link)
    steps.presses("Écrire aux deux boîtes")
    found["refused"] = faults(page)

    assert {name: faulty for name, faulty in found.items() if faulty} == {}
