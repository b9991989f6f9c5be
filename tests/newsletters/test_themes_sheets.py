"""What becomes of a theme's style: tokens put in, dark screens told, every pair readable."""

from dataclasses import replace

import pytest
from newsletters.themed import THEMES

from mailer.errors import Invalid
from mailer.newsletters.themes import contrasts, sheets
from mailer.newsletters.themes.theme import built_in
from mailer.newsletters.themes.tokens import Colour, Role, Scheme

TOKENS = built_in()["estran"].tokens


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_of_a_theme_can_be_read_on_both_kinds_of_screens(theme):
    assert contrasts.unreadable(built_in()[theme].tokens) == ()


def test_the_themes_differ_in_more_than_colours():
    settings = [(t.tokens.title_font, t.tokens.radius) for t in built_in().values()]
    layouts = [frozenset(f.name for f in t.folder.iterdir()) for t in built_in().values()]
    assert len(set(settings)) == len(set(layouts)) == len(THEMES) == 3


def test_a_pair_that_is_too_close_is_named():
    pale = TOKENS.colours | {Role.INK: Colour("#bbbbbb", TOKENS.colours[Role.INK].dark)}
    (found,) = contrasts.unreadable(replace(TOKENS, colours=pale))
    assert (found.pair.text, found.pair.ground, found.scheme) == ("ink", "sheet", Scheme.LIGHT)


def test_large_numerals_need_less_contrast():
    assert {pair.least for pair in contrasts.PAIRS if pair.ground is Role.TINT} == {4.5, 3.0}


def test_a_token_is_put_in_where_it_is_named():
    css = sheets.style(".a { color: var(--ink); max-width: var(--width); }", TOKENS)
    assert css == ".a { color: #16241f; max-width: 600px; }"


def test_a_name_that_is_no_token_is_refused():
    with pytest.raises(Invalid, match="mauve"):
        sheets.style(".a { color: var(--mauve); }", TOKENS)


def test_dark_screens_get_each_colour_that_comes_from_a_token():
    css = ".a, .b { border-top: 1px solid var(--line); color: var(--ink); padding: var(--gutter); }"
    coloured = "{ border-top-color: #2f443b !important; color: #eef1ec !important; }"
    assert sheets.dark_screens(css, TOKENS).splitlines() == [
        "@media (prefers-color-scheme: dark) {",
        f".a, .b {coloured}",
        "}",
        f"[data-ogsc] .a, [data-ogsc] .b {coloured}",
    ]


def test_what_is_behind_a_text_is_told_apart_for_outlook():
    told = sheets.dark_screens(".a { background-color: var(--sheet); }", TOKENS)
    assert "[data-ogsb] .a { background-color: #182923 !important; }" in told
    assert "data-ogsc" not in told
