"""The pages of reference say what the program has today: `make manual` writes them."""

from reference.commands import FRENCH
from reference.pages import MANUAL, pages


def test_the_pages_of_reference_are_as_the_program_has_it():
    stale = [file.name for file, text in pages().items() if file.read_text() != text]

    assert stale == []


def test_every_french_sentence_is_said_of_some_command():
    shown = (MANUAL / "fr" / "reference" / "commands.md").read_text().replace("\u00a0", " ")

    assert [english for english, french in FRENCH.items() if french not in shown] == []
