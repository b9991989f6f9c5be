"""The articles that a text cites, and of which law: "articles 15 du RGPD et 39 de la loi"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice


class Law(StrEnum):
    """Where the article stands that a text cites; OLD is loi 78-17 as numbered before June 2019."""

    OLD = "old"
    CURRENT = "current"
    GDPR = "gdpr"


# All of it on folded text (recognising.folded).
NUMBER = r"\d{1,3}(?:-1)?(?:\s?\(\d\)|\.\d|,?\s(?:paragraphe|paragraph|par\.|§)\s?\d)?"
ITEM = rf"{NUMBER}(?:\s?(?:a|to|-)\s?{NUMBER})?"
LISTED = rf"{ITEM}(?:\s?(?:,|et|and|&|ou|or)\s?(?:art\w*\.?\s)?{ITEM}){{0,8}}"
# "articles 15 du RGPD et 39 de la loi": the second follows no such word.
ARTICLES = re.compile(
    rf"\b(?:art(?:icles?|s?\.)?|(?:et|and)(?=\s\d{{1,3}}\s(?:de|du|of)\s))\s?({LISTED})"
)
EACH = re.compile(rf"({NUMBER})(?:\s?(?:a|to|-)\s?({NUMBER}))?")
# More are no request.
MOST = 50
LONGEST_RANGE = 10
# How far behind its articles a law is looked for.
BEHIND = 60
NAMES = {
    Law.GDPR: re.compile(
        r"rgpd|gdpr|2016/679|reglement (?:general|europeen|\(ue\))|general data protection"
    ),
    Law.CURRENT: re.compile(
        r"\bloi\b|78[- ]17|informatique et libertes|\blil\b|french (?:data protection )?act|1978"
    ),
}


@dataclass(frozen=True)
class Cited:
    """One article, or those of a range, of the law that is named near it; None when none is."""

    articles: tuple[str, ...]
    law: Law | None


def cited(plain: str) -> Iterator[Cited]:
    """What the text cites, in its order."""
    elsewhere = _only_named(plain)
    for group in islice(ARTICLES.finditer(plain), MOST):
        law = _first_named(plain[group.end() : group.end() + BEHIND]) or elsewhere
        for first, last in EACH.findall(group[1]):
            yield Cited(_range(first, last) if last else (_written(first),), law)


def _first_named(text: str) -> Law | None:
    found = {law: at.start() for law, name in NAMES.items() if (at := name.search(text))}
    return min(found, key=lambda law: found[law], default=None)


def _only_named(text: str) -> Law | None:
    named = [law for law, name in NAMES.items() if name.search(text)]
    return named[0] if len(named) == 1 else None


def _range(first: str, last: str) -> tuple[str, ...]:
    start, end = (int(re.sub(r"\D.*", "", each)) for each in (first, last))
    numbers = range(start, end + 1)
    return tuple(map(str, numbers)) if len(numbers) <= LONGEST_RANGE else ()


def _written(number: str) -> str:
    """The number as the rulebook writes it: 7.3 and 7, paragraphe 3 are 7(3)."""
    return re.sub(r"^(\d+)[^\d-]+(\d)\D*$", r"\1(\2)", number)
