"""The days that a letter names, against the calendar and the day on which it is looked at."""

import re
from collections.abc import Iterator
from datetime import date

from mailer.newsletters.block_types import Event
from mailer.newsletters.checks.reading import words
from mailer.newsletters.checks.rules import Finding, Rule
from mailer.newsletters.content import IssueContent

DAYS = {
    name: number
    for names in (
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    )
    for number, name in enumerate(names)
}
MONTHS = {
    name: number
    for names in (
        ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
         "octobre", "novembre", "décembre"),
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"),
        ("", "fevrier", "", "", "", "", "", "aout", "", "", "", "decembre"),
    )
    for number, name in enumerate(names, start=1)
    if name
}  # fmt: skip
_DAY, _MONTH = "|".join(DAYS), "|".join(MONTHS)
# In small letters, "march 45 km" is no date.
_MONTH_FIRST = "|".join(name.title() for name in MONTHS if name.isascii())
_GAP = r"[\s\u00a0\u202f]+"
# "mardi 24 novembre 2026", "Tuesday 24th November", and "Tuesday, November 24, 2026".
NAMED = re.compile(
    rf"\b(?:(?P<weekday>{_DAY}),?{_GAP})?(?:(?:the{_GAP})?(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?"
    rf"{_GAP}(?:of{_GAP})?(?P<month>{_MONTH})|(?P<month_first>(?-i:{_MONTH_FIRST})){_GAP}"
    rf"(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?)\b(?:,?{_GAP}(?P<year>\d{{4}})\b)?",
    re.IGNORECASE,
)
LEAP_YEAR = 2028


def findings(content: IssueContent, today: date | None) -> Iterator[Finding]:
    """Dates that do not exist, that bear the wrong weekday, or that are over."""
    for found in words(content):
        for named in NAMED.finditer(found.text):
            if rule := _named(named, today):
                yield Finding(rule, found.block, named[0], found.field)
    for block in content.blocks:
        if isinstance(block.props, Event):
            yield from _event(block.id, block.props, today)


def _named(named: re.Match[str], today: date | None) -> Rule | None:
    day = int(named["day"] or named["day_after"])
    month = MONTHS[(named["month"] or named["month_first"]).lower()]
    if _made(int(named["year"] or LEAP_YEAR), month, day) is None:
        return Rule.NO_SUCH_DAY
    if named["weekday"] is None:
        return None
    meant = _meant(named["year"], month, day, today)
    wrong = meant is not None and meant.weekday() != DAYS[named["weekday"].lower()]
    return Rule.WRONG_WEEKDAY if wrong else None


def _meant(year: str | None, month: int, day: int, today: date | None) -> date | None:
    """That day; without a year, the one nearest to today."""
    if year is not None:
        return _made(int(year), month, day)
    if today is None:
        return None
    near = [made for step in (-1, 0, 1) if (made := _made(today.year + step, month, day))]
    return min(near, key=lambda made: abs(made - today), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _event(block: str, event: Event, today: date | None) -> Iterator[Finding]:
    if not event.day:
        yield Finding(Rule.NO_DAY, block, field="day")
        return
    last = event.last_day or event.day
    started, ended = event.day + event.time, last + event.last_time
    same_day = last == event.day
    if last < event.day or (same_day and event.time and event.last_time and ended < started):
        yield Finding(Rule.ENDS_FIRST, block, field="last_day")
    elif today is not None and last < today.isoformat():
        yield Finding(Rule.PAST_EVENT, block, last, "day")
