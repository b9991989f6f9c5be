"""The letter as screens show it: every width, light and dark, with and without its style sheets."""

import re
from base64 import b64decode

import pytest
from axe_playwright_python.sync_playwright import Axe
from newsletters.letters import ARTICLE, BASE_URL, COMPACT, letter_of
from newsletters.themed import EVENT, THEMES, dressed, whole

from mailer.newsletters.compose import compose
from mailer.newsletters.fields import filled
from mailer.newsletters.inline import inline
from mailer.newsletters.render import marked, render

pytestmark = pytest.mark.browser

ADDRESSES = {"unsubscribe_url": f"{BASE_URL}/desinscriptions/a", "web_url": f"{BASE_URL}/lettres/a"}
# SFR, La Poste and Gmail's mobile web page drop every style sheet.
SHEETS = re.compile(r"<style.*?</style>", re.DOTALL)
HTML = {name: filled(render(whole(name)), ADDRESSES).html for name in THEMES}
BARE = {name: SHEETS.sub("", html) for name, html in HTML.items()}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="
)
STYLES = """() => [...document.body.querySelectorAll("*"), document.body].map(element => {
    const style = getComputedStyle(element);
    return element.tagName + "." + element.className + " " +
        [...style].map(name => name + ":" + style.getPropertyValue(name)).join(";");
})"""


@pytest.fixture
def show(chromium):
    """`show(html, width, scheme)`: a page that shows the letter, and reaches nothing else."""
    contexts = []

    def open_page(html, width=600, scheme="light"):
        viewport = {"width": width, "height": 800}
        context = chromium.new_context(viewport=viewport, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
        page.route(f"{BASE_URL}/", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(f"{BASE_URL}/")
        return page

    yield open_page
    for context in contexts:
        context.close()


def faults(page):
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    return [
        (fault["id"], [node["html"][:120] for node in fault["nodes"]])
        for fault in Axe().run(page, options=options).response["violations"]
    ]


@pytest.fixture(params=THEMES)
def theme(request):
    return request.param


@pytest.mark.parametrize("width", [320, 375, 600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(show, theme, width, scheme):
    assert faults(show(HTML[theme], width, scheme)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_without_style_sheets(show, theme, scheme):
    assert faults(show(BARE[theme], 375, scheme)) == []


@pytest.mark.parametrize("html", [HTML, BARE], ids=["styled", "bare"])
@pytest.mark.parametrize("width", [320, 375, 600])
def test_nothing_is_wider_than_the_screen(show, theme, html, width):
    assert show(html[theme], width).evaluate("document.documentElement.scrollWidth") == width


WORD = "https://exemple.fr/" + "demarche" * 20


@pytest.mark.parametrize(
    "block",
    [
        {"type": "heading", "text": WORD},
        {"type": "text", "text": WORD},
        {"type": "article"} | ARTICLE | {"title": WORD, "summary": WORD},
        {"type": "article"} | COMPACT | {"title": WORD, "summary": WORD},
        {"type": "button", "label": WORD, "url": WORD},
        {"type": "quote", "text": WORD, "author": WORD},
        {"type": "figure", "value": WORD, "text": WORD, "source": WORD},
        EVENT | {"title": WORD, "place": WORD, "text": WORD},
        {"type": "columns", "left_title": WORD, "left_text": WORD, "right_text": WORD},
    ],
    ids=["heading", "text", "large", "compact", "button", "quote", "figure", "event", "columns"],
)
def test_a_long_word_is_broken_at_the_edge_of_the_screen(show, theme, block):
    html = render(dressed(letter_of(block, subject=WORD), theme)).html
    assert show(html, 320).evaluate("document.documentElement.scrollWidth") == 320


def test_links_outside_sentences_are_tall_enough_to_touch(show, theme):
    heights = show(HTML[theme], 375).eval_on_selector_all(
        "a:not(.prose a, .prose-small p a)",
        "links => links.map(link => link.getBoundingClientRect().height)",
    )
    assert min(heights) >= 24


def test_text_is_large_enough_to_read(show, theme):
    sizes = show(BARE[theme], 375).evaluate(
        """() => [...document.querySelectorAll("p, a, li, h1, h2, h3, h4")].map(
            element => parseFloat(getComputedStyle(element).fontSize))"""
    )
    assert min(sizes) >= 16


def test_inlining_changes_no_computed_style(show, theme):
    page = compose(marked(whole(theme)))
    for_screens = re.compile(r'<style data-premailer="ignore">.*?</style>', re.DOTALL)
    before = show(for_screens.sub("", page)).evaluate(STYLES)
    after = show(SHEETS.sub("", inline(page))).evaluate(STYLES)
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == []
