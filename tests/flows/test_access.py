"""A copy of one's data, from the form to the file: two people, two browsers, and one mailbox."""

import re
from pathlib import Path

import pytest
from demonstration import Demo, part
from flows.test_main_job import sign_in, sign_up
from flows.walking import faults
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600), pytest.mark.xdist_group("access")]

CAMILLE, STRANGER = "camille.portes@exemple.fr", "inconnu@exemple.fr"
# Of one mailbox in one day few mails may be asked, so each test has its own.


def ask(page: Page, demo: Demo, address: str) -> str:
    """Ask for a copy, and say from the mailbox that it is so; the reference of the request."""
    page.goto("/droits")
    page.get_by_label("Savoir ce que vous avez sur moi").check()
    page.get_by_label("Adresse e-mail concernée").fill(address)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre demande est enregistrée")
    found = re.search(r"DR-\d{4}-\d{4}", page.inner_text("main"))
    assert found
    page.goto(mail_with(demo, address, "confirmation"))
    page.get_by_role("button", name="Oui, c’est ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est confirmé")
    return found.group()


def decide(officer: Page, reference: str) -> None:
    officer.goto(f"/bureau/demandes/{reference}")
    officer.get_by_label("Accès", exact=True).select_option(label="Accordé")
    officer.get_by_role("button", name="Relire les lettres").click()
    officer.get_by_label(re.compile("référence", re.IGNORECASE)).fill(reference)
    officer.get_by_role("button", name="Signer, envoyer et clore").click()
    expect(officer.locator("main")).to_contain_text("La réponse part, et la demande est close.")


def mail_with(demo: Demo, address: str, end: str) -> str:
    """The signed link that ends so, once a mail that has it has come."""
    known = 0
    while True:
        demo.next_mail(address, known)
        mails = demo.mails_to(address)
        texts = "\n".join(part(mail, "plain") for mail in mails)
        if found := re.search(rf"http://\S+/droits/[\w.-]{{20,}}/{end}", texts):
            return found.group()
        known = len(mails)


def test_from_the_form_to_the_copy(chromium: Browser, demo: Demo, tmp_path: Path):
    context = chromium.new_context(
        base_url=demo.url, locale="fr-FR", java_script_enabled=False, accept_downloads=True
    )
    page = context.new_page()
    sign_up(page, demo, CAMILLE)
    reference = ask(page, demo, CAMILLE)
    desk = chromium.new_context(base_url=demo.url, locale="fr-FR")
    officer = desk.new_page()
    sign_in(officer, demo.account("dpo"))
    decide(officer, reference)
    desk.close()

    page.goto(mail_with(demo, CAMILLE, "copie"))
    before = len(demo.mails_to(CAMILLE))
    page.get_by_role("button", name="Envoyer le code").click()
    code = re.search(r"\b\d{4} \d{4}\b", part(demo.next_mail(CAMILLE, before), "plain"))
    assert code
    page.get_by_label("Code reçu").fill(code.group())
    page.get_by_role("button", name="Ouvrir la copie").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="copie.html").click()
    copy = tmp_path / "copie.html"
    coming.value.save_as(copy)
    context.close()

    the_copy_reads_well_offline(chromium, copy)


def the_copy_reads_well_offline(chromium: Browser, copy: Path) -> None:
    for width, scheme in ((320, "light"), (1280, "dark")):
        context = chromium.new_context(
            offline=True, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        page.goto(copy.as_uri())
        expect(page.get_by_role("heading", level=1)).to_have_text("Copie de vos données")
        expect(page.locator("main")).to_contain_text(CAMILLE)
        expect(page.locator("main")).to_contain_text("Inscriptions aux listes")
        expect(page.locator("main")).to_contain_text("Pourquoi nous traitons vos données")
        assert faults(page) == []
        context.close()


def test_the_pages_of_a_visitors_request_are_easy_on_everybody(page: Page, demo: Demo):
    reference = ask(page, demo, STRANGER)
    page.goto("/droits/suivi")
    page.get_by_label("Référence").fill(reference)
    page.get_by_role("button", name="Recevoir le lien").click()
    page.goto(mail_with(demo, STRANGER, "suivi"))
    status = page.url
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Demande {reference}")
    page.get_by_role("link", name=re.compile("Accusé de réception")).first.click()
    letter = page.url
    for path in ("/droits", "/droits/suivi", status, letter):
        for width, scheme in ((320, "light"), (320, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.goto(path)
            assert faults(page) == [], path
