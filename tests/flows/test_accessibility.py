"""Every page that a link leads to, light and dark, on a phone and on a desk."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accessibility")]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]
PAGES_AT_MOST = 120
PAGES = "a[href]:not([download])"
# Pages that stand on other sites, or that no link of ours leads to.
UNLINKED = ["/listes/lettre", "/integration/lettre", "/demo/integration", "/gestion"]


def shape(path: str) -> str:
    """The route that a path stands for: numbers, references, tokens and articles are alike."""
    return re.sub(r"/(\d+|(?:DR|VD)-\d+-\d+|[\w.-]{25,}|(?<=articles/)[\w-]+)(?=/|$)", "/…", path)


def crawl(page: Page, starts: list[str]) -> Iterator[str]:
    """One path for each route that can be reached by links from the starts."""
    waiting, seen = list(starts), {shape(start) for start in starts}
    while waiting and len(seen) < PAGES_AT_MOST:
        path = waiting.pop(0)
        answer = page.goto(path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        yield path
        for href in page.eval_on_selector_all(PAGES, "all => all.map(a => a.href)"):
            parts = urlsplit(urljoin(page.url, href))
            same = parts.netloc == urlsplit(page.url).netloc
            if same and parts.scheme == "http" and shape(parts.path) not in seen:
                seen.add(shape(parts.path))
                waiting.append(parts.path)


def faults(page: Page) -> list[str]:
    """What axe finds, and a page that is wider than its window."""
    options = {"runOnly": TAGS, "resultTypes": ["violations"]}
    violations = Axe().run(page, options=options).response["violations"]
    found = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in violations]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    return found


def sign_in(page: Page, account: tuple[str, str]) -> None:
    page.goto("/connexion")
    page.fill("[name=email]", account[0])
    page.fill("[type=password]", account[1])
    page.click("main button")
    page.wait_for_url("**/bureau*")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("reader", ["visitor", "admin"])
def test_no_page_has_an_accessibility_fault(chromium: Browser, demo, reader):
    context = chromium.new_context(base_url=demo.url, locale="fr-FR")
    page = context.new_page()
    if reader != "visitor":
        sign_in(page, demo.account(reader))

    found = {}
    for path in crawl(page, ["/", *UNLINKED] if reader == "visitor" else ["/bureau"]):
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if wrong := faults(page):
                found[path, width, scheme] = wrong

    context.close()
    assert found == {}
