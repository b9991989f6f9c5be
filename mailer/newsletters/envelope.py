"""What goes before a letter: a text that follows the subject in the list of messages."""

from collections.abc import Iterable

# What most lists of messages show after the subject.
MOST_CHARACTERS = 110


def suggested(titles: Iterable[str]) -> str:
    """A text made of the titles that the subject does not tell, as many as are shown whole."""
    told = ""
    for title in titles:
        plain = title.strip().rstrip(".")
        longer = f"{told} · {plain}" if told else plain
        if len(longer) > MOST_CHARACTERS:
            break
        told = longer
    return told
