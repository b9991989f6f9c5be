"""What a stranger would try first: whether a passphrase is one of these (ANSSI's guide, R25)."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from unicodedata import normalize

from mailer.resources import PACKAGE

COMMON = PACKAGE / "rules" / "common-passphrases.txt"
# With fewer letters of its own than this, a passphrase rests on what everybody knows.
OWN_LETTERS = 6
FEW_SIGNS = 5
# Of a walk, so many steps in a hundred lead to the next key.
WALK_PERCENT = 70
# Shorter names ("la", "de") stand in any sentence.
SHORTEST_NAME = 4
ROWS = (
    "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop",
    "01234567890", "abcdefghijklmnopqrstuvwxyz", "aqwzsxedcrfvtgbyhn", "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p", "1a2z3e4r5t6y7u8i9o0p",
)  # fmt: skip
# What is hung on behind: of it, at most so many figures are written for the last letters.
BEHIND = re.compile(r"[\W\d_]*$")
LAST_LETTERS = 2
WRITTEN_FOR = str.maketrans("01345@$€", "oieasase")


class Fault(StrEnum):
    """Why a passphrase would be found soon."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    REPEATED = "repeated"
    WALK = "walk"
    OWN = "own"
    LEAKED = "leaked"


def plain(text: str) -> str:
    """Letters and figures alone, without case or accents."""
    apart = normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if sign.isalnum())


def fault(passphrase: str, known: Iterable[str]) -> Fault | None:
    """What makes it easy to guess, for somebody who knows these words of its owner and office."""
    bare = plain(passphrase)
    if _is_repeated(bare):
        return Fault.REPEATED
    if _is_walk(bare):
        return Fault.WALK
    readings = {bare, *_spelt(passphrase)}
    if any(_rests_on(reading, _common()) for reading in readings):
        return Fault.COMMON
    if any(_rests_on(reading, _names(known) | _common()) for reading in readings):
        return Fault.OWN
    return None


def _spelt(passphrase: str) -> Iterator[str]:
    """As it reads with letters for the figures and signs, with and without what is hung on."""
    end = BEHIND.split(passphrase, maxsplit=1)[0]
    for more in (*range(LAST_LETTERS + 1), len(passphrase)):
        kept = passphrase[: len(end) + more]
        yield plain(kept.casefold().translate(WRITTEN_FOR))


def _is_repeated(bare: str) -> bool:
    """Whether few signs make it, or one pattern, over and over."""
    if len(set(bare)) < FEW_SIGNS:
        return True
    letters = bare.strip("0123456789") or bare
    return any(
        (letters[:size] * (len(letters) // size + 1)).startswith(letters)
        for size in range(1, len(letters) // 2 + 1)
    )


def _is_walk(bare: str) -> bool:
    pairs = [bare[at : at + 2] for at in range(len(bare) - 1)]
    steps = sum(pair in _neighbours() or pair[0] == pair[1] for pair in pairs)
    return steps * 100 >= len(pairs) * WALK_PERCENT


@cache
def _neighbours() -> frozenset[str]:
    both_ways = [*ROWS, *(row[::-1] for row in ROWS)]
    return frozenset(row[at : at + 2] for row in both_ways for at in range(len(row) - 1))


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _names(known: Iterable[str]) -> frozenset[str]:
    """The words that a stranger finds on a letterhead or in an address."""
    parts = " ".join(known).replace("@", " ").replace(".", " ").replace("’", " ").replace("-", " ")
    whole = (plain(text) for text in known)
    found = {*whole, *(plain(part) for part in parts.split())}
    return frozenset(name for name in found if len(name) >= SHORTEST_NAME)


def _rests_on(bare: str, words: frozenset[str]) -> bool:
    """Whether too little of its own is left once the words and the figures are taken away."""
    rest = bare
    for word in sorted((word for word in words if word in bare), key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != bare and sum(sign.isalpha() for sign in rest) < OWN_LETTERS
