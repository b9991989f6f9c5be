"""A written predicate, read: French and English words, `et` before `ou`, brackets around groups."""

import re
from collections.abc import Mapping
from typing import TypeVar

from mailer.subscriptions.segments.faults import Fault, Place, Unreadable
from mailer.subscriptions.segments.folding import folded
from mailer.subscriptions.segments.phrases import PHRASES, Phrases
from mailer.subscriptions.segments.predicate import (
    All,
    Condition,
    Dated,
    Deed,
    Did,
    Field,
    Is,
    Lately,
    Moment,
    Node,
    Not,
    Some,
    Unit,
    is_bounded,
    most,
)
from mailer.subscriptions.segments.scanning import Scanner
from mailer.subscriptions.segments.vocabulary import Vocabulary

LONGEST = 2000
# Brackets are read by calls within calls: as many as no text of ours has, and few.
MOST_BRACKETS = 20
Meaning = TypeVar("Meaning")


def _said(phrase: str) -> str:
    """The phrase as it may be typed: with any spaces, and a count where `%d` stands."""
    plain = folded(phrase).replace("%d", "#")
    return r"\s+".join(map(re.escape, plain.split())).replace(r"\#", r"(\d{1,5})")


def _phrases(words: Mapping[str, Meaning]) -> list[tuple[re.Pattern[str], Meaning]]:
    """Patterns for whole phrases, the longest first: `liste quittée` before `liste`."""
    longest_first = sorted(words.items(), key=lambda item: -len(item[0]))
    return [(re.compile(rf"{_said(text)}(?!\w)"), meaning) for text, meaning in longest_first]


def _of_all(*meanings: tuple[str, Meaning]) -> list[tuple[re.Pattern[str], Meaning]]:
    return _phrases(dict(meanings))


EVERY: tuple[Phrases, ...] = tuple(PHRASES.values())
AND = _of_all(*((words.both, True) for words in EVERY))
OR = _of_all(*((words.either, True) for words in EVERY))
NO = _of_all(*((words.no, True) for words in EVERY))
FIELDS = _of_all(*((text, field) for words in EVERY for field, text in words.fields.items()))
MOMENTS = _of_all(*((text, moment) for words in EVERY for moment, text in words.moments.items()))
SIDES = _of_all(*((text, side) for words in EVERY for side, text in words.sides.items()))
DEEDS = _of_all(
    *(
        (text, (deed, is_done))
        for words in EVERY
        for deed, texts in words.deeds.items()
        for text, is_done in zip(texts, (True, False), strict=True)
    )
)
SPANS = _of_all(
    *(
        (text, unit)
        for words in EVERY
        for spans in (words.one, words.many)
        for unit, text in spans.items()
    )
)
EQUALS, UNEQUAL = re.compile(r"="), re.compile(r"≠|!=|<>")
OPENING, CLOSING = re.compile(r"\("), re.compile(r"\)")


def read(text: str, vocabulary: Vocabulary, language: str) -> Node:
    """What the text means; raises Unreadable, which says where it is not understood."""
    if len(text) > LONGEST:
        raise Unreadable(Fault.LONG, Place(LONGEST + 1, text[LONGEST : LONGEST + 10]))
    return _Reader(text, vocabulary, language).whole()


class _Reader:
    def __init__(self, text: str, vocabulary: Vocabulary, language: str) -> None:
        self.scanner, self.vocabulary, self.language = Scanner(text), vocabulary, language
        self.brackets = 0

    def whole(self) -> Node:
        if self.scanner.is_over:
            raise self.scanner.fail(Fault.EMPTY)
        node = self.some()
        if not self.scanner.is_over:
            raise self.scanner.fail(Fault.JOINING)
        if not is_bounded(node):
            raise self.scanner.fail(Fault.LARGE, at=0)
        return node

    def some(self) -> Node:
        parts = [self.all()]
        while self._meant(OR):
            parts.append(self.all())
        return Some(tuple(parts)) if len(parts) > 1 else parts[0]

    def all(self) -> Node:
        parts = [self.part()]
        while self._meant(AND):
            parts.append(self.part())
        return All(tuple(parts)) if len(parts) > 1 else parts[0]

    def part(self) -> Node:
        denials = 0
        while self._meant(NO):
            denials += 1
            self._nest()
        node = self.group() if self.scanner.take(OPENING) else self.condition()
        for _ in range(denials):
            node = Not(node)
        return node

    def group(self) -> Node:
        self._nest()
        begins = self.scanner.at - 1
        node = self.some()
        if not self.scanner.take(CLOSING):
            if self.scanner.is_over:
                raise self.scanner.fail(Fault.GROUP, at=begins)
            raise self.scanner.fail(Fault.JOINING)
        return node

    def _nest(self) -> None:
        self.brackets += 1
        if self.brackets > MOST_BRACKETS:
            raise self.scanner.fail(Fault.LARGE)

    def condition(self) -> Node:
        if field := self._meant(FIELDS):
            return self._chosen(field[1])
        if moment := self._meant(MOMENTS):
            return self._dated(moment[1])
        if done := self._meant(DEEDS):
            deed, is_done = done[1]
            did = self._did(deed)
            return did if is_done else Not(did)
        raise self.scanner.fail(Fault.CONDITION)

    def _chosen(self, field: Field) -> Node:
        is_denied = bool(self.scanner.take(UNEQUAL))
        if not is_denied and not self.scanner.take(EQUALS):
            raise self.scanner.fail(Fault.EQUALS)
        self.scanner.skip()
        begins = self.scanner.at
        name = self.scanner.value()
        value = self.vocabulary.meant(field, name)
        if value is None:
            near = tuple(self.vocabulary.near(field, name, self.language))
            raise self.scanner.fail(Fault.UNKNOWN if near else Fault.NO_VALUES, near, begins)
        node = Is(field, value)
        return Not(node) if is_denied else node

    def _dated(self, moment: Moment) -> Condition:
        if side := self._meant(SIDES):
            return Dated(moment, side[1], self.scanner.day())
        count, unit = self._span(Fault.DAYS_OR_DATE)
        if unit is not Unit.DAYS:
            raise self.scanner.fail(Fault.DAYS_OR_DATE)
        return Lately(moment, count)

    def _did(self, deed: Deed) -> Did:
        count, unit = self._span(Fault.SPAN)
        if deed is Deed.RECEIVED and unit is not Unit.DAYS:
            raise self.scanner.fail(Fault.ONLY_DAYS)
        return Did(deed, count, unit)

    def _span(self, otherwise: Fault) -> tuple[int, Unit]:
        self.scanner.skip()
        begins = self.scanner.at
        found = self._meant(SPANS)
        if not found:
            raise self.scanner.fail(otherwise)
        count = int(found[0][1]) if found[0].re.groups else 1
        if not 1 <= count <= most(found[1]):
            raise self.scanner.fail(Fault.COUNT, at=begins)
        return count, found[1]

    def _meant(
        self, phrases: list[tuple[re.Pattern[str], Meaning]]
    ) -> tuple[re.Match[str], Meaning] | None:
        """The first of the phrases that stands here."""
        for pattern, meaning in phrases:
            if found := self.scanner.take(pattern):
                return found, meaning
        return None
