"""Photograph the demonstration for the README: python docs/screenshots.py [ADDRESS].

The demonstration must run, freshly loaded: make run.
"""

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from mailer.demo.people import PASSPHRASE

IMAGES = Path(__file__).parent / "images"
CHROMIUM = os.environ.get("MAILER_TEST_CHROMIUM", "/usr/bin/chromium")
SIZE = {"width": 1200, "height": 900}
# Flat colours: a palette is a third of the bytes, and nobody sees it.
COLOURS = 128


# What each part of the desk begins with, by the name of its picture.
SCREENS = {
    "bureau": "/bureau",
    "articles": "/bureau/articles",
    "lettres": "/bureau/lettres",
    "envois": "/bureau/envois",
    "retours": "/bureau/retours",
    "abonnes": "/bureau/abonnes",
    "listes": "/bureau/listes",
    "segments": "/bureau/segments",
    "demandes": "/bureau/demandes",
    "violations": "/bureau/violations",
    "conformite": "/bureau/conformite",
    "journal": "/bureau/journal",
    "comptes": "/bureau/comptes",
    "travaux": "/bureau/travaux",
}


def keep(page: Page, name: str) -> None:
    """Write what the page shows as a small PNG."""
    shown = Image.open(BytesIO(page.screenshot(animations="disabled")))
    IMAGES.mkdir(exist_ok=True)
    shown.convert("RGB").quantize(COLOURS).save(IMAGES / f"{name}.png", optimize=True)


def sign_in(page: Page, address: str) -> None:
    """Open the desk as the one who does everything."""
    page.goto(f"{address}/connexion")
    page.get_by_label("Adresse e-mail").fill("admin@exemple.fr")
    page.get_by_label("Phrase de passe").fill(PASSPHRASE)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/bureau")


def photograph(page: Page, address: str) -> None:
    """The visitor's page, the composer, and every part of the desk."""
    page.goto(address)
    keep(page, "inscription")
    sign_in(page, address)
    page.goto(f"{address}/bureau/lettres")
    page.get_by_role("link", name="Avant l’hiver").click()
    page.wait_for_load_state("networkidle")
    keep(page, "lettre")
    for name, path in SCREENS.items():
        page.goto(f"{address}{path}")
        keep(page, name)


def main() -> None:
    """Photograph the demonstration at the address."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        photograph(browser.new_page(viewport=SIZE, locale="fr-FR"), address.rstrip("/"))
        browser.close()


if __name__ == "__main__":
    main()
