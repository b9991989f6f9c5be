"""Photograph the main screens of a demonstration into docs/images: make pictures."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from demonstration import Demo, running
from playwright.sync_api import sync_playwright

from pictures.camera import SIZE, Camera
from pictures.scenes import SCENES, sign_in, visitor
from pictures.screens import FIRST_OF, SCREENS

CHROMIUM = os.environ.get("MAILER_TEST_CHROMIUM", "/usr/bin/chromium")


def photograph(camera: Camera, demo: Demo) -> None:
    """The visitor's pages, every part of the desk, and what has to be made first."""
    visitor(camera, demo)
    sign_in(camera, demo, "staff")
    camera.keep("bureau")
    sign_in(camera, demo, "admin")
    for name, path in SCREENS.items():
        camera.open(path)
        camera.keep(name)
    for name, (path, one) in FIRST_OF.items():
        camera.open(path)
        camera.page.locator("main").locator(one).first.click()
        camera.keep(name)
    for scene in SCENES:
        scene(camera, demo)
    camera.open("/bureau/journal")
    camera.look_at("main table")
    camera.keep("journal")


def main() -> None:
    """Start a demonstration, and go through it."""
    with TemporaryDirectory() as folder, running(Path(folder)) as demo, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=demo.url, viewport=SIZE, locale="fr-FR")
        photograph(Camera(context.new_page()), demo)
        browser.close()


if __name__ == "__main__":
    main()
