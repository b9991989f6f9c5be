"""Which blocks of a letter are for whom: by list, language and frequency."""

from collections.abc import Collection, Iterable, Iterator
from itertools import product
from typing import NamedTuple

from mailer.newsletters.blocks import Block, When
from mailer.subscriptions.pausing import Frequency


class Reader(NamedTuple):
    """What a condition may ask of a person: the slug of the list, the language, how often."""

    list: str
    language: str
    frequency: Frequency = Frequency.EACH


def is_for(when: When, reader: Reader) -> bool:
    """Whether a block of that condition is for the reader; an empty wish leaves nobody out."""
    return (
        (not when.lists or reader.list in when.lists)
        and (not when.languages or reader.language in when.languages)
        and (not when.frequencies or reader.frequency in when.frequencies)
    )


def may_be_for(when: When, slug: str, frequencies: Collection[Frequency]) -> bool:
    """Whether somebody of the list who wants letters so often may be shown such a block."""
    return (not when.lists or slug in when.lists) and (
        not when.frequencies or not set(when.frequencies).isdisjoint(frequencies)
    )


def read_by(blocks: Iterable[Block], reader: Reader) -> tuple[Block, ...]:
    """The blocks that the reader is shown, in order."""
    return tuple(block for block in blocks if is_for(block.when, reader))


def others(
    blocks: tuple[Block, ...], main: Reader, languages: Iterable[str]
) -> Iterator[tuple[Reader, tuple[Block, ...]]]:
    """The readers of the same list who are shown other blocks than the main one, with these."""
    usual = read_by(blocks, main)
    for language, frequency in product(languages, Frequency):
        reader = Reader(main.list, language, frequency)
        if (shown := read_by(blocks, reader)) != usual:
            yield reader, shown
