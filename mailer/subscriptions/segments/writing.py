"""A predicate in plain words; reading them back gives the same predicate (reading.py)."""

import re
from datetime import date

from mailer.subscriptions.segments.folding import folded
from mailer.subscriptions.segments.phrases import JOINING, MONTHS, PHRASES, Phrases
from mailer.subscriptions.segments.predicate import (
    All,
    Condition,
    Dated,
    Did,
    Is,
    Lately,
    Node,
    Not,
    Some,
    Unit,
)
from mailer.subscriptions.segments.vocabulary import Vocabulary

# What needs no quotes: words of letters and digits.
BARE = re.compile(r"[\w'’-]+(?: [\w'’-]+)*")


def written(node: Node, vocabulary: Vocabulary, language: str) -> str:
    """The whole of it, in that language."""
    words = PHRASES[language]
    if isinstance(node, All | Some):
        joining = words.both if isinstance(node, All) else words.either
        return f" {joining} ".join(_within(part, vocabulary, language) for part in node.parts)
    if isinstance(node, Not):
        return _denied(node.part, vocabulary, language)
    return _condition(node, vocabulary, language)


def _within(part: Node, vocabulary: Vocabulary, language: str) -> str:
    text = written(part, vocabulary, language)
    return f"({text})" if isinstance(part, All | Some) else text


def _denied(part: Node, vocabulary: Vocabulary, language: str) -> str:
    words = PHRASES[language]
    match part:
        case Is():
            return f"{words.fields[part.field]} ≠ {_value(part, vocabulary, language)}"
        case Did():
            return f"{words.deeds[part.deed][1]} {_span(part.count, part.unit, words)}"
        case _:
            return f"{words.no} ({written(part, vocabulary, language)})"


def _condition(node: Condition, vocabulary: Vocabulary, language: str) -> str:
    words = PHRASES[language]
    match node:
        case Is():
            return f"{words.fields[node.field]} = {_value(node, vocabulary, language)}"
        case Dated():
            day = day_in_words(node.day, language)
            return f"{words.moments[node.moment]} {words.sides[node.side]} {day}"
        case Lately():
            return f"{words.moments[node.moment]} {_span(node.days, Unit.DAYS, words)}"
        case Did():
            return f"{words.deeds[node.deed][0]} {_span(node.count, node.unit, words)}"


def _value(node: Is, vocabulary: Vocabulary, language: str) -> str:
    """By its name when that means it alone, else as it is kept."""
    name = vocabulary.values(node.field, language).get(node.value, node.value)
    if vocabulary.meant(node.field, name) != node.value or _cannot_be_quoted(name):
        name = node.value
    is_bare = BARE.fullmatch(name) and JOINING.isdisjoint(folded(name).split())
    if is_bare:
        return name
    before, after = ('"', '"') if "»" in name or "”" in name else PHRASES[language].quotes
    return f"{before}{name}{after}"


def _cannot_be_quoted(name: str) -> bool:
    return '"' in name and ("»" in name or "”" in name)


def _span(count: int, unit: Unit, words: Phrases) -> str:
    return words.one[unit] if count == 1 else words.many[unit] % count


def day_in_words(day: date, language: str) -> str:
    """1er janvier 2026, or 1 January 2026: the same whatever the machine's language."""
    number = "1er" if day.day == 1 and language == "fr" else str(day.day)
    return f"{number} {MONTHS[language][day.month - 1]} {day.year:04}"
