"""Texts made comparable, and phrases looked up in them."""

import re
import unicodedata

from mailer.mail.returned import Reason

# How far apart the pieces of a phrase may be, and how often the first is looked for.
NEAR = 80
MOST_STARTS = 8

Table = tuple[tuple[str, ...], ...]
Tables = tuple[tuple[Reason, Table], ...]

URL = re.compile(r"\bhttps?://\S{1,300}")
LIKE = str.maketrans({"\u2019": "'", "\u2018": "'", "\xa0": " ", "\u0153": "oe", "\xdf": "ss"})


def folded(text: str) -> str:
    """In small letters, without accents, its spaces single."""
    if not text.isascii():
        straight = unicodedata.normalize("NFD", text.translate(LIKE))
        text = "".join(each for each in straight if not unicodedata.combining(each))
    return " ".join(text.lower().split())


def without_urls(text: str) -> str:
    """The text without the pages it points at, whose names speak of every reason."""
    return URL.sub(" ", text)


def phrases(written: str) -> Table:
    """The phrases between bars or line ends; " + " stands for whatever is between their pieces."""
    each = (phrase.strip() for phrase in written.replace("\n", "|").split("|"))
    return tuple(tuple(phrase.split(" + ")) for phrase in each if phrase)


def says(text: str, table: Table) -> bool:
    """Whether the folded text contains one of the phrases, its pieces in order."""
    return any(pieces[0] in text and _follow(text, pieces) for pieces in table)


def _follow(text: str, pieces: tuple[str, ...]) -> bool:
    """Whether the pieces stand in order, each near the one before it."""
    starts = text.find(pieces[0])
    for _each in range(MOST_STARTS):
        if starts < 0:
            return False
        if _follow_from(text, starts + len(pieces[0]), pieces[1:]):
            return True
        starts = text.find(pieces[0], starts + 1)
    return False


def _follow_from(text: str, place: int, pieces: tuple[str, ...]) -> bool:
    for piece in pieces:
        found = text.find(piece, place, place + NEAR)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def first(text: str, tables: Tables) -> Reason | None:
    """The reason of the first table of which the text says something."""
    return next((reason for reason, table in tables if says(text, table)), None)
