"""The words of a part of a letter, and which of them another version has not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from difflib import SequenceMatcher

from mailer.newsletters.blocks import Block

WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Run:
    """Some words, and whether the other version lacks them."""

    text: str
    is_changed: bool


def words_of(part: str | Block | None) -> str:
    """What is written in the part, a line for each field that holds something."""
    if part is None or isinstance(part, str):
        return part or ""
    values = (getattr(part.props, spec.name) for spec in fields(part.props))
    return "\n".join(value for value in values if isinstance(value, str) and value)


def runs(text: str, other: str) -> Iterator[Run]:
    """The text, cut where it begins or ends to differ from the other."""
    own, theirs = WORD.findall(text), WORD.findall(other)
    for tag, start, end, _, _ in SequenceMatcher(None, own, theirs, autojunk=False).get_opcodes():
        if start != end:
            yield Run("".join(own[start:end]), tag != "equal")
