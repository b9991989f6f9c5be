"""A page of the demonstration, and the picture of what it shows."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

IMAGES = Path(__file__).parents[1] / "images"
SIZE = {"width": 1200, "height": 900}
# Flat colours: a palette is a third of the bytes, and nobody sees it.
COLOURS = 128

# Whether each image and each font that the picture would show has come.
LOADED = """() => document.fonts.status === "loaded" && [...document.images].every(
    (image) => image.complete || image.getBoundingClientRect().top > innerHeight
)"""


@dataclass(frozen=True)
class Camera:
    """Who goes through the pages, and keeps what they see."""

    page: Page

    def open(self, path: str) -> None:
        """Go to the page."""
        self.page.goto(path)

    def press(self, name: str) -> None:
        """Press the button of that name."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        """Follow the link of that name."""
        self.page.locator("main").get_by_role("link", name=name).first.click()

    def fill(self, label: str, text: str) -> None:
        """Type the text where the label says."""
        self.page.get_by_label(label).first.fill(text)

    def tick_first(self) -> None:
        """Tick the first box of the page."""
        self.page.locator("main").get_by_role("checkbox").first.check()

    def look_at(self, selector: str) -> None:
        """Scroll until what it selects stands at the top."""
        self.page.locator(selector).first.evaluate("one => one.scrollIntoView()")

    def keep(self, name: str) -> None:
        """Write what the page shows, once it is all there, as a small PNG."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function(LOADED)
        shown = Image.open(BytesIO(self.page.screenshot(animations="disabled")))
        shown.convert("RGB").quantize(COLOURS).save(IMAGES / f"{name}.png", optimize=True)
