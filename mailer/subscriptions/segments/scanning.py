"""Where a reader stands in a written predicate, and what it finds there."""

import re
from datetime import date

from mailer.clock import YEARS
from mailer.subscriptions.segments.faults import Fault, Place, Unreadable
from mailer.subscriptions.segments.folding import folded, positions
from mailer.subscriptions.segments.phrases import JOINING, MONTHS

SHOWN = 30
CLOSING = {"«": "»", "“": "”", '"': '"'}
# A word that joins, a bracket or the end ends a value without quotes.
BARE_END = re.compile(rf"\s+(?:{'|'.join(sorted(JOINING))})\b|[()«“\"]|$")
MONTH_OF = {
    folded(name): number for names in MONTHS.values() for number, name in enumerate(names, start=1)
}
WRITTEN_DAY = re.compile(rf"(\d{{1,2}})(?:er)?\s+({'|'.join(MONTH_OF)})\s+(\d{{4}})\b")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\b")
SLASHED_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")


class Scanner:
    """The text, and how far it is read; spaces before a thing belong to nothing."""

    def __init__(self, text: str) -> None:
        self.text, self.plain, self.at = text, positions(text), 0

    def skip(self) -> None:
        while self.plain[self.at : self.at + 1] == " ":
            self.at += 1

    @property
    def is_over(self) -> bool:
        self.skip()
        return self.at >= len(self.text)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What stands here, if it is that: read past it."""
        self.skip()
        found = pattern.match(self.plain, self.at)
        if found:
            self.at = found.end()
        return found

    def fail(self, fault: Fault, near: tuple[str, ...] = (), at: int | None = None) -> Unreadable:
        """The refusal that names this place, or that one."""
        self.skip()
        place = self.at if at is None else at
        found = self.text[place : place + SHOWN].strip()
        return Unreadable(fault, Place(place + 1, found), near)

    def value(self) -> str:
        """A name, in quotes or up to the next word that joins."""
        self.skip()
        begins = self.at
        closing = CLOSING.get(self.text[begins : begins + 1])
        if closing:
            ends = self.text.find(closing, begins + 1)
            if ends < 0:
                raise self.fail(Fault.QUOTE)
            self.at = ends + 1
            return self.text[begins + 1 : ends].strip()
        end = BARE_END.search(self.plain, begins)
        self.at = end.start() if end else len(self.text)
        name = self.text[begins : self.at].strip()
        if not name:
            raise self.fail(Fault.VALUE, at=begins)
        return name

    def day(self) -> date:
        """A day: 1er janvier 2026, 1 January 2026, 01/01/2026 or 2026-01-01."""
        self.skip()
        begins = self.at
        if found := self.take(WRITTEN_DAY):
            numbers = (int(found[3]), MONTH_OF[found[2]], int(found[1]))
        elif found := self.take(ISO_DAY):
            numbers = (int(found[1]), int(found[2]), int(found[3]))
        elif found := self.take(SLASHED_DAY):
            numbers = (int(found[3]), int(found[2]), int(found[1]))
        else:
            raise self.fail(Fault.DATE)
        try:
            found_day = date(*numbers)
        except ValueError:
            raise self.fail(Fault.DATE, at=begins) from None
        if found_day.year not in YEARS:
            raise self.fail(Fault.DATE, at=begins)
        return found_day
