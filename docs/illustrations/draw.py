"""Draw the demo's pictures from the SVG files beside this script.

Mail readers show no SVG, so each drawing is photographed once by Chromium, as JPEG.
"""

import os
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
PICTURES = HERE.parent.parent / "mailer" / "demo" / "pictures"
CHROMIUM = os.environ.get("MAILER_TEST_CHROMIUM", "/usr/bin/chromium")
SIZE = {"width": 1200, "height": 675}
JPEG_QUALITY = 80


def draw(page: Page, drawing: Path) -> None:
    """Photograph one drawing into the demo's folder."""
    page.goto(drawing.as_uri())
    page.screenshot(
        path=PICTURES / f"{drawing.stem}.jpg",
        type="jpeg",
        quality=JPEG_QUALITY,
        animations="disabled",
    )


def main() -> None:
    """Draw them all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        for drawing in sorted(HERE.glob("*.svg")):
            draw(page, drawing)
        browser.close()


if __name__ == "__main__":
    main()
