"""What the manual sets in bold is a word of the screen, as it stands there."""

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from mailer.manual import contents
from mailer.resources import PACKAGE

BOLD = re.compile(r"\*\*(.+?)\*\*")
CATALOGUE = PACKAGE / "translations" / "en" / "LC_MESSAGES" / "messages.po"


@cache
def words():
    """Each string of the screens in both languages."""
    with CATALOGUE.open("rb") as file:
        return [(message.id, message.string) for message in read_po(file) if message.id]


def said(language):
    here = 0 if language == "fr" else 1
    return {pair[here] for pair in words() if isinstance(pair[here], str)}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_label_of_the_manual_stands_on_a_screen(language):
    told = {
        (page.name, label)
        for page in contents.pages(language)
        for label in BOLD.findall(page.file.read_text())
    }

    assert told
    assert {(page, label) for page, label in told if label not in said(language)} == set()


@pytest.mark.parametrize("name", [page.name for page in contents.pages("fr")])
def test_both_languages_name_the_same_labels(name):
    part = next(page.part for page in contents.pages("fr") if page.name == name)
    english = dict(words())

    def labels(language):
        return BOLD.findall(contents.page(language, part, name).file.read_text())

    assert [english.get(label) for label in labels("fr")] == labels("en")
