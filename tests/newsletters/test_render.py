"""The theme: what every letter must be, read from its HTML and its text."""

import json
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html as lxml_html
from newsletters.letters import BASE_URL, LETTER, letter_of
from newsletters.themed import EVERYTHING, THEMES, dressed, thirty, whole

from mailer.newsletters.appearance import DARK_SCREENS, dark, light
from mailer.newsletters.fields import MARK, filled
from mailer.newsletters.markdown import COLUMNS
from mailer.newsletters.render import render

GOLDEN = Path(__file__).parents[1] / "emails" / "newsletters"
CLIENTS = Path(__file__).parents[3] / "shared" / "corpora" / "caniemail" / "caniemail.json"
URLS = {"unsubscribe_url": f"{BASE_URL}/desinscriptions/abc", "web_url": f"{BASE_URL}/lettres/abc"}
RENDERED = render(LETTER)
PERSONAL = filled(RENDERED, URLS)
WORDY = {"text", "title", "summary", "alt", "label", "value", "author", "place", "caption"}
DRAWN = {name: render(whole(name)) for name in THEMES}


@pytest.fixture(params=THEMES)
def theme(request):
    return request.param


@pytest.fixture
def html(theme):
    """A letter with every type of block, as it leaves in that theme."""
    return DRAWN[theme].html


@pytest.fixture
def page(html):
    return lxml_html.document_fromstring(html)


@pytest.mark.parametrize(
    ("name", "drawn"), [("letter.html", PERSONAL.html), ("letter.txt", PERSONAL.text)]
)
def test_the_letter_is_the_one_we_looked_at(name, drawn):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    golden = GOLDEN / name
    if not golden.exists():
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{name} was missing and is now written: look at it")
    assert golden.read_text(encoding="utf-8") == drawn


def test_the_letter_keeps_its_doctype(html):
    assert html.startswith("<!DOCTYPE html>\n<html")


def test_the_fields_come_through_inlining(page):
    fields = [(link.text, MARK.fullmatch(link.get("href"))) for link in page.iter("a")]
    assert [text for text, mark in fields if mark] == ["Se désinscrire", "Version web"]


def test_a_date_leads_to_its_calendar_under_the_address_of_the_letter(theme):
    letter = filled(DRAWN[theme], URLS)
    assert re.findall(r'href="([^"]*\.ics)"', letter.html) == [
        f"{BASE_URL}/lettres/abc/agenda/b{at}.ics" for at in (16, 17)
    ]


def test_thirty_articles_stay_under_what_gmail_cuts(theme):
    assert len(render(thirty(theme)).html.encode()) <= 100_000


def test_nothing_comes_from_another_host(html):
    loaded = re.findall(r'(?:src|background)="([^"]*)"|url\(([^)]*)\)', html)
    assert {urlsplit(a or b).netloc for a, b in loaded} == {urlsplit(BASE_URL).netloc}


def test_every_picture_says_what_it_shows_and_how_large_it_is(page):
    pictures = list(page.iter("img"))
    assert pictures
    assert all(image.get("alt") for image in pictures)
    assert all(image.get(side).isdigit() for image in pictures for side in ("width", "height"))


def test_every_table_is_for_layout(page):
    assert {table.get("role") for table in page.iter("table")} == {"presentation"}


def test_the_language_stands_on_the_page_and_inside_it(page):
    (wrapper,) = page.xpath("//*[@role='article']")
    assert {(node.get("lang"), node.get("dir")) for node in (page, wrapper)} == {("fr", "ltr")}


def test_titles_go_down_one_rank_at_a_time(page):
    ranks = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3", "h4")]
    assert ranks[:3] == [1, 2, 3]
    assert max(deeper - rank for rank, deeper in pairwise(ranks)) == 1


def test_the_preheader_comes_first(page):
    body = page.find("body").text_content().strip()
    assert body.startswith(LETTER.preheader)


def test_colours_are_hexadecimal(html):
    assert not re.search(r"\b(?:rgba?|hsla?|oklch|var|light-dark)\(", html)


def headed(page):
    return list(page.iter("h1", "h2", "h3", "h4"))


def test_every_link_and_title_of_the_page_is_in_the_text(theme):
    letter = filled(DRAWN[theme], URLS)
    text = " ".join(letter.text.split())
    page = lxml_html.document_fromstring(letter.html)
    # The number of a part is an ornament: it stands apart from its words.
    titles = [node.xpath("string(text()[last()])") or node.text_content() for node in headed(page)]
    links = [link.get("href") for link in page.iter("a")]
    wanted = [one for one in links if not one.startswith("#")] + [t.strip() for t in titles]
    assert [one for one in wanted if one not in text] == []


def test_lines_of_the_text_are_narrow_but_for_addresses(theme):
    text = filled(DRAWN[theme], URLS).text
    lines = [line for line in text.splitlines() if "http" not in line]
    assert max(map(len, lines)) <= COLUMNS


def test_hostile_words_open_no_tag(theme):
    bad = '"><script>alert(1)</script>'
    blocks = [
        block | {key: bad for key, value in block.items() if key in WORDY and value}
        for block in EVERYTHING
    ]
    letter = dressed(letter_of(*blocks, subject=bad, preheader=bad), theme)
    html = render(letter).html
    assert "<script" not in html
    assert html.count("alert(1)") > len(EVERYTHING)


def test_an_article_without_picture_or_address_still_stands():
    letter = letter_of({"type": "article", "title": "Seul", "layout": "compact"})
    assert "<img" not in render(letter).html


def test_dark_and_light_are_shown_whatever_the_screen():
    assert DARK_SCREENS not in dark(RENDERED.html) + light(RENDERED.html)


# What a client drops without harm: an enhancement, or a hint for those that read it.
ENHANCEMENTS = {
    "css-at-media", "css-border-radius", "css-color-scheme", "css-max-height", "css-opacity",
    "css-overflow", "css-text-wrap", "css-word-wrap", "html-aria-hidden", "html-aria-label",
    "html-body", "html-lang",
    "html-role", "html-style",
}  # fmt: skip
READ_BY_FRENCH_READERS = (
    "gmail/desktop-webmail", "gmail/ios", "gmail/android", "outlook/windows",
    "orange/desktop-webmail", "sfr/desktop-webmail", "laposte/desktop-webmail",
    "apple-mail/macos", "apple-mail/ios",
)  # fmt: skip


def features(html):
    """The Can I email names of what the letter uses."""
    page = lxml_html.document_fromstring(html)
    styles = ";".join(node.get("style", "") for node in page.iter("*"))
    sheets = "".join(node.text or "" for node in page.iter("style"))
    properties = set(re.findall(r"(?:^|[;{\s])([a-z-]+)\s*:", styles + ";" + sheets))
    units = {f"css-unit-{u}" for u in re.findall(r"\d(px|em|rem|vw|ch)\b", styles)}
    names = {f"css-{name}" for name in properties} | units
    names |= {f"html-{node.tag}" for node in page.iter("*")}
    names |= {f"html-{name}" for node in page.iter("*") for name in node.attrib}
    names |= {f"css-at-{name}" for name in re.findall(r"@([a-z-]+)", sheets)}
    return names | {f"image-{kind}" for kind in re.findall(r'src="[^"]*\.([a-z]+)"', html)}


def test_no_french_mail_client_lacks_what_the_letter_needs(html):
    if not CLIENTS.exists():
        pytest.skip("the Can I email data is not beside this checkout (../shared/corpora)")
    known = json.loads(CLIENTS.read_text())
    lacking = {
        (name, client)
        for name in features(html) & known.keys() - ENHANCEMENTS
        for client in READ_BY_FRENCH_READERS
        if known[name]["s"].get(client) == "n"
    }
    assert lacking == set()
