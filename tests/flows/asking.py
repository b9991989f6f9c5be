"""What a person does to exercise rights, in a browser: the form, and the button of the mail."""

import re

from demonstration import link
from playwright.sync_api import Page, expect
from served import Site

REFERENCE = re.compile(r"DR-\d{4}-\d{4}")


def ask(page: Page, address: str, *acts: str) -> str:
    """Send the form with those acts ticked; the reference of the request."""
    page.goto("/droits")
    for act in acts:
        page.get_by_label(act, exact=True).check()
    page.get_by_label("Adresse e-mail concernée").fill(address)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.locator("main")).to_contain_text(REFERENCE)
    found = REFERENCE.search(page.locator("main").inner_text())
    assert found
    return found.group()


def show_the_mailbox(page: Page, site: Site, address: str) -> None:
    """Open the link of the acknowledgement and press its button."""
    page.goto(link(site.next_mail(address), "/confirmation"))
    page.get_by_role("button", name="Oui, c’est ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est confirmé")
