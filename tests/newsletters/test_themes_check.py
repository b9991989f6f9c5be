"""A theme from elsewhere is accepted, or refused by a rule with its place."""

import json
import shutil

import pytest
from click.testing import CliRunner

from mailer.cli.theme import theme as command
from mailer.newsletters.themes import checking, found, queries
from mailer.newsletters.themes.refusals import Rule
from mailer.newsletters.themes.theme import BUILT_IN

CSS, HTML, TOML = "letter.css", "heading.html", "theme.toml"
WITHOUT_ALT = """{% macro picture(p, w, n='') %}<img src="{{ letter.base_url }}/x">{% endmacro %}
{% macro logo() %}{% endmacro %}"""
BREAKING = [
    (Rule.UNKNOWN_FILE, "logo.svg", "<svg/>"),
    (Rule.HEAVY_FILE, HTML, "x" * 70_000),
    (Rule.SETTINGS, TOML, "width = 900\n"),
    (Rule.SYNTAX, HTML, "{% if %}"),
    (Rule.CALL, HTML, "{{ letter.subject.upper() }}"),
    (Rule.CALL, HTML, "{{ letter['__class__'].mro() }}"),
    (Rule.FILTER, HTML, "{{ letter|attr('x') }}"),
    (Rule.PRIVATE_NAME, HTML, "{{ letter.__class__ }}"),
    (Rule.NESTED_LOOPS, HTML, "{% for a in blocks %}" * 3 + "x" + "{% endfor %}" * 3),
    (Rule.SCRIPT, HTML, "<script>alert(1)</script>"),
    (Rule.SCRIPT, HTML, "<p onclick='x'>a</p>"),
    (Rule.FORM, HTML, "<form><input></form>"),
    (Rule.REMOTE, HTML, '<img src="https://x.example/p.png" alt="">'),
    (Rule.REMOTE, CSS, ".a { background: url(p.png); }"),
    (Rule.IMPORT, CSS, '@import "x.css";'),
    (Rule.AT_RULE, CSS, "@media print { .a { color: red; } }"),
    (Rule.VARIABLE, CSS, ".a { color: var(--mauve); }"),
    (Rule.MARKUP, CSS, "</style>"),
    (Rule.MARKUP, HTML, "{{ letter.subject|safe }}"),
    (Rule.DRAWING, HTML, "{{ letter.nothing }}"),
    (Rule.DRAWING, HTML, "{{ 'x' * 100000000 }}"),
    (Rule.DRAWING, HTML, "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}"),
    (Rule.PRESENTATION, HTML, "<tr><td><table><tr><td>x</td></tr></table></td></tr>"),
    (Rule.ALT, "picture.html", WITHOUT_ALT),
    (Rule.HEADINGS, HTML, "<tr><td><h4>{{ props.text }}</h4></td></tr>"),
    (Rule.LEGAL, "footer.html", "<p>{{ letter.footer.organisation }}</p>"),
    (Rule.CONTENT, "quote.html", "<tr><td></td></tr>"),
    (Rule.WEIGHT, "footer.html", "{% include 'divider.html' %}" + "<p>" + "y" * 30_000 + "</p>"),
    (Rule.LANGUAGE, "base.html", "<html><body>{{ letter.subject }}</body></html>"),
]  # fmt: skip
# What premailer loses, or puts on what it is not for.
SELECTORS = (
    "li:nth-child(2)", "p:not(.a)", "a:hover", r".sm\:a", "*", "#b1", "p > a", "p + p", "a[href]",
    "p::before", "p ~ p", ".a:first-child",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A copy of one of our themes, under a name of its own."""
    place = tmp_path / "themes" / "maison"
    shutil.copytree(BUILT_IN / "estran", place)
    return place


def add(folder, name, text):
    before = (folder / name).read_text() + "\n" if (folder / name).exists() else ""
    (folder / name).write_text(before + text)


def rules(folder):
    return {each.rule for each in checking.refusals(folder)}


def test_each_of_our_themes_keeps_to_every_rule(tmp_path):
    for built_in in BUILT_IN.iterdir():
        copy = shutil.copytree(built_in, tmp_path / f"a-{built_in.name}")
        assert checking.refusals(copy) == ()


@pytest.mark.parametrize(("rule", "name", "text"), BREAKING, ids=lambda each: str(each)[:24])
def test_what_breaks_a_rule_is_refused_by_that_rule(folder, rule, name, text):
    if name == HTML:
        text = "{# ours #}\n" + text
    add(folder, name, text)
    assert rule in rules(folder)


@pytest.mark.parametrize("selector", SELECTORS)
def test_a_selector_that_is_lost_on_the_way_is_refused(folder, selector):
    add(folder, CSS, f"{selector} {{ color: var(--ink); }}")
    assert rules(folder) & {Rule.SELECTOR, Rule.MARKUP}


def test_the_file_and_the_line_are_told(folder):
    (folder / CSS).write_text("/* one\ntwo */\n.a { color: var(--ink); }\n.a > .b { margin: 0; }\n")
    (refusal,) = checking.refusals(folder)
    assert str(refusal) == "letter.css:4: selector: .a > .b"


def test_a_missing_file_is_named(folder):
    (folder / "screens.css").unlink()
    assert [str(each) for each in checking.refusals(folder)] == ["screens.css: missing-file"]


def test_a_theme_does_not_take_the_name_of_ours(tmp_path):
    copy = shutil.copytree(BUILT_IN / "estran", tmp_path / "estran")
    assert rules(copy) == {Rule.NAME}


def test_a_pair_of_colours_that_is_hard_to_read_is_refused(folder):
    text = (folder / TOML).read_text().replace('light = "#16241f"', 'light = "#bbbbbb"')
    (folder / TOML).write_text(text)
    (refusal,) = checking.refusals(folder)
    assert str(refusal) == "theme.toml: contrast: ink on sheet, light: 1.9, not 4.5"


def test_the_command_says_yes_or_no_to_programs_too(folder):
    accepted = CliRunner().invoke(command, ["check", str(folder)])
    add(folder, CSS, "p > a { margin: 0; }")
    refused = CliRunner().invoke(command, ["check", str(folder), "--json"])
    assert (accepted.exit_code, accepted.output) == (0, "accepted\n")
    assert refused.exit_code == 1
    told = json.loads(refused.output)
    assert (told["accepted"], told["refusals"][0]["rule"]) == (False, "selector")


def test_the_desk_offers_what_is_accepted_and_tells_why_the_rest_is_not(app, editor, folder):
    app.config["THEMES_FOLDER"] = str(folder.parent)
    other = shutil.copytree(folder, folder.parent / "autre")
    add(other, CSS, "p > a { margin: 0; }")
    assert "maison" in queries.offered()
    assert "autre" not in queries.offered()
    page = editor.get("/bureau/lettres/apparence").text
    assert "letter.css:" in page
    assert "selector" in page


def test_a_letter_of_a_theme_that_is_gone_is_drawn_in_the_first_one(app):
    assert queries.look("disparu", None).theme.name == "estran"
    assert found.folders() == []
