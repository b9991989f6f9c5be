"""The theme: what every letter must be, read from its HTML and its text."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html as lxml_html
from newsletters.letters import ARTICLE, BASE_URL, COMPACT, LETTER, letter_of

from mailer.newsletters.appearance import DARK_SCREENS, dark, light
from mailer.newsletters.fields import MARK, filled
from mailer.newsletters.markdown import COLUMNS
from mailer.newsletters.render import render

GOLDEN = Path(__file__).parents[1] / "emails" / "newsletters"
CLIENTS = Path(__file__).parents[3] / "shared" / "corpora" / "caniemail" / "caniemail.json"
URLS = {"unsubscribe_url": f"{BASE_URL}/desinscriptions/abc", "web_url": f"{BASE_URL}/lettres/abc"}
RENDERED = render(LETTER)
PERSONAL = filled(RENDERED, URLS)
PAGE = lxml_html.document_fromstring(RENDERED.html)
THIRTY = letter_of(*({"type": "article", **kind} for kind in [ARTICLE, COMPACT] * 15))


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


def test_the_letter_keeps_its_doctype():
    assert RENDERED.html.startswith("<!DOCTYPE html>\n<html")


def test_the_fields_come_through_inlining():
    fields = [(link.text, MARK.fullmatch(link.get("href"))) for link in PAGE.iter("a")]
    assert [text for text, mark in fields if mark] == ["Se désinscrire", "Version web"]


def test_thirty_articles_stay_under_what_gmail_cuts():
    assert len(render(THIRTY).html.encode()) <= 100_000


def test_nothing_comes_from_another_host():
    loaded = re.findall(r'(?:src|background)="([^"]*)"|url\(([^)]*)\)', RENDERED.html)
    assert {urlsplit(a or b).netloc for a, b in loaded} == {urlsplit(BASE_URL).netloc}


def test_every_picture_says_what_it_shows_and_how_large_it_is():
    pictures = list(PAGE.iter("img"))
    assert pictures
    assert all(image.get("alt") for image in pictures)
    assert all(image.get(side).isdigit() for image in pictures for side in ("width", "height"))


def test_every_table_is_for_layout():
    assert {table.get("role") for table in PAGE.iter("table")} == {"presentation"}


def test_the_language_stands_on_the_page_and_inside_it():
    (wrapper,) = PAGE.xpath("//*[@role='article']")
    assert {(node.get("lang"), node.get("dir")) for node in (PAGE, wrapper)} == {("fr", "ltr")}


def test_titles_go_down_one_rank_at_a_time():
    ranks = [node.tag for node in PAGE.iter("h1", "h2", "h3", "h4")]
    assert ranks == ["h1", "h2", "h2", "h3"]


def test_the_preheader_comes_first():
    body = PAGE.find("body").text_content().strip()
    assert body.startswith(LETTER.preheader)


def test_colours_are_hexadecimal():
    assert not re.search(r"\b(?:rgba?|hsla?|oklch|var|light-dark)\(", RENDERED.html)


def test_every_link_and_title_of_the_page_is_in_the_text():
    text = " ".join(PERSONAL.text.split())
    page = lxml_html.document_fromstring(PERSONAL.html)
    titles = [" ".join(node.text_content().split()) for node in page.iter("h1", "h2", "h3")]
    wanted = [link.get("href") for link in page.iter("a")] + titles
    assert [one for one in wanted if one not in text] == []


def test_lines_of_the_text_are_narrow_but_for_addresses():
    lines = [line for line in PERSONAL.text.splitlines() if "http" not in line]
    assert max(map(len, lines)) <= COLUMNS


def test_hostile_words_open_no_tag():
    bad = '"><script>alert(1)</script>'
    article = {"type": "article", **ARTICLE, "title": bad, "summary": bad, "alt": bad}
    letter = letter_of(article, {"type": "text", "text": bad}, subject=bad, preheader=bad)
    assert "<script" not in render(letter).html


def test_an_article_without_picture_or_address_still_stands():
    letter = letter_of({"type": "article", "title": "Seul", "layout": "compact"})
    assert "<img" not in render(letter).html


def test_dark_and_light_are_shown_whatever_the_screen():
    assert DARK_SCREENS not in dark(RENDERED.html) + light(RENDERED.html)


# What a client drops without harm: an enhancement, or a hint for those that read it.
ENHANCEMENTS = {
    "css-at-media", "css-border-radius", "css-color-scheme", "css-max-height", "css-opacity",
    "css-overflow", "css-text-wrap", "css-word-wrap", "html-aria-label", "html-body", "html-lang",
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


def test_no_french_mail_client_lacks_what_the_letter_needs():
    if not CLIENTS.exists():
        pytest.skip("the Can I email data is not beside this checkout (../shared/corpora)")
    known = json.loads(CLIENTS.read_text())
    lacking = {
        (name, client)
        for name in features(RENDERED.html) & known.keys() - ENHANCEMENTS
        for client in READ_BY_FRENCH_READERS
        if known[name]["s"].get(client) == "n"
    }
    assert lacking == set()
