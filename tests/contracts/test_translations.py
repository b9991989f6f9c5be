"""English is complete: every string that the program shows has its translation, well formed."""

import io
import re

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from mailer.resources import PACKAGE, folder

KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "lazy_ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%\(\w+\)d|%%")
# What GOV.UK's content designers and experience teach: neither tells anyone what to do.
HELPLESS = ("invalide", "erreur inconnue")


@pytest.fixture(scope="module")
def shown():
    """Every string that the source shows, with its plural where it has one, and one place of it."""
    with (PACKAGE / "translations/babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = {}
    for source in (PACKAGE, folder("templates")):
        for name, line, message, *_ in extract_from_dir(source, methods, options, KEYWORDS):
            found[message] = f"{source.name}/{name}:{line}"
    return found


def catalogue(language):
    with (PACKAGE / f"translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def english():
    return catalogue("en")


def test_every_string_has_its_english(shown, english):
    lacking = {
        message: place for message, place in shown.items() if not translated(english.get(message))
    }

    assert lacking == {}


def translated(entry):
    if entry is None or entry.fuzzy:
        return False
    return all(entry.string) if isinstance(entry.string, tuple) else bool(entry.string)


def test_no_translation_is_left_over(shown, english):
    assert {entry.id for entry in english if entry.id} - set(shown) == set()


def test_every_translation_keeps_the_placeholders(english):
    bent = {
        str(entry.id) for entry in english if entry.id and blanks(entry.id) != blanks(entry.string)
    }

    assert bent == set()


def blanks(words):
    """The placeholders of a string, or of all the forms of a plural together."""
    return set(PLACEHOLDER.findall(" ".join(words) if isinstance(words, tuple) else words))


def test_french_counts_nothing_in_the_singular(shown):
    """Without a catalogue, gettext would count as in English: 0 demandes."""
    plurals = {message for message in shown if isinstance(message, tuple)}

    assert {entry.id: entry.string for entry in catalogue("fr") if entry.id} == {
        message: message for message in plurals
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_compiled_catalogue_is_the_written_one(language):
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))

    path = PACKAGE / f"translations/{language}/LC_MESSAGES/messages.mo"
    assert path.read_bytes() == compiled.getvalue()


def test_no_string_leaves_the_reader_helpless(shown):
    assert {m for m in shown for words in HELPLESS if words in str(m).lower()} == set()


def test_no_module_gives_the_words_another_name(root):
    """The extraction looks for them by name: what is called otherwise is never translated."""
    renamed = re.compile(r"^from flask_babel import \w+ as (?!_$).*$", re.MULTILINE)
    found = {
        str(path.relative_to(root)): renamed.findall(path.read_text(encoding="utf-8"))
        for path in root.glob("mailer/**/*.py")
    }

    assert {path: lines for path, lines in found.items() if lines} == {}
