"""No French line breaks before its mark: the space there is a no-break one."""

import re

import pytest
from babel.messages.pofile import read_po

from mailer.resources import PACKAGE, folder

PARTS = folder("templates")
MANUAL = PARTS.parent / "docs" / "manual" / "fr"
# A mark that something follows at once is code: a port, a range, a style.
BREAKING = re.compile(r"(?<=\S) (?=[:;?!»](?:[\s<\"']|$))|(?<=«) | (?=»)", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}|<style.*?</style>", re.DOTALL)
SHOWN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
# What the keys of these files hold is shown.
RULES = (
    PACKAGE / "rules" / "fr-2026.toml",
    PACKAGE / "rules" / "rgaa.csv",
    *PARTS.glob("newsletters/themes/*/theme.toml"),
)
WRITTEN = (*RULES, *MANUAL.rglob("*.md"))
# Words come from the catalogue; between them stand marks alone.
TEMPLATES = (*PARTS.rglob("*.html"), *PARTS.rglob("*.txt"))


def breaking(text):
    """Each place where a line may break before its mark, with what stands around it."""
    return [text[max(0, at.start() - 20) : at.end() + 5] for at in BREAKING.finditer(text)]


def test_the_rule_sees_each_breaking_space_and_lets_code_alone():
    assert len(breaking("Une suite : « fin »")) == 3
    assert breaking("Une suite\u00a0: «\u00a0fin\u00a0»") == breaking("a[1 :2] :80") == []


def test_no_sentence_of_the_catalogue_breaks_before_its_mark():
    with (PACKAGE / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        sentences = [each for entry in read_po(file) for each in _forms(entry.id)]

    assert [found for sentence in sentences for found in breaking(sentence)] == []


def _forms(words):
    return words if isinstance(words, tuple) else (words,)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_no_page_that_is_written_in_french_breaks_before_its_mark(path):
    assert breaking(CODE.sub("", path.read_text(encoding="utf-8"))) == []


def test_no_mark_of_a_template_stands_after_a_breaking_space():
    found = {
        path.relative_to(PARTS).as_posix(): breaking(_data(path.read_text(encoding="utf-8")))
        for path in TEMPLATES
    }

    assert {name: places for name, places in found.items() if places} == {}


def _data(template):
    return SHOWN.sub("…", TAG.sub("", template))
