"""What the rules say of the themes that come with the program, and of one that does not."""

from dataclasses import replace

import pytest
from lxml import html as lxml_html
from newsletters.good_letters import LETTERS

from mailer.newsletters.checks import Rule, clients, colours, contrast, of_page
from mailer.newsletters.checks.page import parsed
from mailer.newsletters.render import render
from mailer.newsletters.themes.samples import sample
from mailer.newsletters.themes.theme import Look, built_in

LOOKS = [Look(theme, theme.tokens) for theme in built_in().values()]


def page(body, css=""):
    return lxml_html.document_fromstring(f"<html><head><style>{css}</style></head>{body}</html>")


def pale(body, css=""):
    return [(finding.rule, finding.detail) for finding in contrast.findings(page(body, css))]


def missing(body):
    return [finding.detail for finding in clients.findings(page(body))]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.theme.name)
def test_nothing_is_to_mend_in_a_theme_of_ours(look):
    letters = [sample(look), *(replace(good.content, look=look) for good in LETTERS)]
    found = [finding for letter in letters for finding in of_page(letter, render(letter))]
    assert found == []


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.theme.name)
def test_every_text_of_a_letter_is_painted_on_both_kinds_of_screen(look):
    drawn = parsed(render(sample(look)).html)
    on_light, on_dark = list(colours.light(drawn)), list(colours.dark(drawn))
    assert [text.text for text in on_light] == [text.text for text in on_dark]
    assert len(on_light) > 40
    assert {text.behind for text in on_light} != {text.behind for text in on_dark}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<p style="color:#777777">a</p>', [Rule.PALE_TEXT, Rule.PALE_TEXT_IN_THE_DARK]),
        ('<p style="color:#767676">a</p>', []),
        ('<p style="color:#777;font-size:24px">a</p>', []),
        ('<p style="color:rgb(119, 119, 119);font-size:19px"><b>a</b></p>', []),
        ('<div style="background:#333"><p>a</p></div>', [Rule.PALE_TEXT]),
        ('<table><tr><td bgcolor="#000000">a</td></tr></table>', [Rule.PALE_TEXT]),
        ('<p style="color:#eee;display:none">a</p>', []),
        ('<p style="color:rgba(0,0,0,.1)">a</p>', []),
    ],
)
def test_a_text_is_judged_with_what_is_behind_it(body, found):
    assert {rule for rule, _ in pale(body)} >= set(found)
    assert bool(pale(body)) == bool(found)


def test_the_rules_for_dark_screens_win_by_their_order_and_their_weight():
    css = """@media (prefers-color-scheme: dark) {
      body { background-color: #111111 !important; color: #eeeeee !important }
      p { color: #222222 !important }
      p.told, .x > b { color: #dddddd !important }
      p { color: #333333 !important }
      p::first-line { color: #000000 !important }
    }"""
    assert pale('<body><p class="told">a</p></body>', css) == []
    assert pale("<body><p>a</p></body>", css) == [
        (Rule.PALE_TEXT_IN_THE_DARK, "#333333 / #111111 = 1.5")
    ]


def test_what_a_client_leaves_out_is_told_by_client():
    told = missing('<p style="display:flex">a</p><video></video>')
    assert "Outlook (display-flex, video)" in told
    assert not any(line.startswith("Apple") for line in told)


def test_what_a_letter_reads_well_without_is_not_told():
    assert missing('<p role="note" lang="fr" style="border-radius:4px">a</p>') == []


@pytest.mark.parametrize(
    "body",
    [
        '<p style="width:calc(100% - 2px)">a</p>',
        '<p style="color:var(--ink)">a</p>',
        '<p style="background-image:linear-gradient(#fff, #000)">a</p>',
        "<form><input></form>",
        '<img src="a.webp">',
        '<img src="data:image/png;base64,AA" alt="">',
        "<svg></svg>",
    ],
)
def test_each_of_these_is_left_out_by_somebody(body):
    assert missing(body)


def test_the_table_of_clients_says_where_it_comes_from():
    told = clients.TABLE.read_text(encoding="utf-8")
    assert "caniemail.com (MIT)" in told
    names = {name for names in clients.gaps().values() for name in names}
    assert names == {"Gmail", "Outlook", "Orange", "SFR", "La Poste", "Apple Mail"}
