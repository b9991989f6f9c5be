"""The pages of reference say what the program has today: `make manual` writes them."""

from reference.pages import pages


def test_the_pages_of_reference_are_as_the_program_has_it():
    stale = [file.name for file, text in pages().items() if file.read_text() != text]

    assert stale == []
