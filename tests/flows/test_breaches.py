"""An incident from its first line to the register, as the officer does it in a browser."""

import re
from datetime import timedelta

import pytest
from demonstration import Demo
from playwright.sync_api import Page, expect

from mailer.clock import now, paris_day

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("main-job"),
]

# Who had signed up by then: the first few of the invented readers.
FIRST_WEEKS = timedelta(weeks=23)
LETTER = {
    "Ce qui s’est passé": "Un fichier est parti à la mauvaise adresse.",
    "Les conséquences possibles": "Vous pouvez recevoir des courriels trompeurs.",
    "Ce qui a été fait": "Le destinataire a détruit le fichier.",
    "Ce que la personne peut faire": "Méfiez-vous des courriels qui demandent un mot de passe.",
}


def sign_in(page: Page, demo: Demo) -> None:
    address, passphrase = demo.account("dpo")
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(address)
    page.get_by_label("Phrase de passe").fill(passphrase)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/bureau**")


def test_an_incident_is_opened_told_and_registered(page: Page, demo: Demo) -> None:
    sign_in(page, demo)
    page.get_by_role("link", name="Violations").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Registre des violations")

    page.get_by_role("link", name="Ouvrir un incident").first.click()
    page.get_by_label("Ce qui s’est passé").fill("Un export est parti à la mauvaise adresse.")
    page.get_by_role("button", name="Ouvrir l’incident").click()
    reference = page.get_by_role("heading", level=1).inner_text()
    assert re.fullmatch(r"VD-\d{4}-\d{4}", reference)
    expect(page.get_by_text(re.compile(r"Il reste (72|71)\sh")).first).to_be_visible()

    page.get_by_role("link", name="Qui est touché").click()
    page.get_by_label("Les personnes inscrites entre deux dates").check()
    page.get_by_label("Du", exact=True).fill("2020-01-01")
    page.get_by_label("Au", exact=True).fill((paris_day(now()) - FIRST_WEEKS).isoformat())
    page.get_by_role("button", name="Compter ces personnes").click()
    touched = re.search(r"\d+", page.get_by_role("heading", level=1).inner_text())
    assert touched
    expect(page.get_by_text("••••@").first).to_be_visible()

    page.get_by_role("link", name="La lettre aux personnes").click()
    expect(page.get_by_text("Complétez d’abord les mentions qui manquent.")).to_be_visible()
    for label, text in LETTER.items():
        page.get_by_label(label).first.fill(text)
    page.get_by_role("button", name="Enregistrer et relire (Français)").click()
    page.get_by_role("button", name=re.compile(rf"^Envoyer à {touched[0]} personne")).click()
    expect(page.get_by_role("status").first).to_contain_text(f"La lettre part à {touched[0]}")

    page.get_by_role("link", name="Registre des violations").click()
    expect(page.get_by_role("row", name=re.compile(reference))).to_contain_text("À évaluer")
