"""The articles that a text cites, and of which law, as far as the words around them tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NUMBER = r"\d+(?:-\d+)?(?:\(\w+\))*"
JOINT = r"(?:[\s\u00a0\u202f]*(?:,|;|et|and|ou|or|à|to|-|–|&)[\s\u00a0\u202f]*)"
CITED = re.compile(
    rf"\bart(?:icles?|s?\.?)[\s\u00a0\u202f]*({NUMBER}(?:{JOINT}{NUMBER})*)", re.IGNORECASE
)
RANGE = re.compile(r"(\d+)[\s\u00a0\u202f]*(?:à|to|-|–)[\s\u00a0\u202f]*(\d+)")
# The GDPR named right before the articles, or right after them.
GDPR = r"(?:RGPD|GDPR|règlement|regulation)"
BEFORE = re.compile(rf"{GDPR}[\s\u00a0\u202f,(]*$", re.IGNORECASE)
AFTER = re.compile(
    rf"^[\s\u00a0\u202f]*(?:du|of[\s\u00a0\u202f]the)?[\s\u00a0\u202f]*{GDPR}", re.IGNORECASE
)


@dataclass(frozen=True)
class Cited:
    """Articles cited in one breath."""

    words: str
    articles: frozenset[str]
    is_gdpr: bool


def cited(text: str) -> Iterator[Cited]:
    """Each citation of the text."""
    for found in CITED.finditer(text):
        is_gdpr = BEFORE.search(text[: found.start()]) or AFTER.match(text[found.end() :])
        yield Cited(found[0], frozenset(_articles(found[1])), is_gdpr is not None)


def _articles(numbers: str) -> Iterator[str]:
    yield from re.findall(NUMBER, numbers)
    for first, last in RANGE.findall(numbers):
        yield from (str(number) for number in range(int(first), int(last) + 1))
