"""The times that a text states, to be compared whatever their unit and their words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NUMBERS = {
    **dict.fromkeys(("un", "une", "one", "a"), 1),
    **dict.fromkeys(("deux", "two"), 2),
    **dict.fromkeys(("trois", "three"), 3),
    **dict.fromkeys(("quatre", "four"), 4),
    **dict.fromkeys(("cinq", "five"), 5),
    **dict.fromkeys(("six",), 6),
    **dict.fromkeys(("sept", "seven"), 7),
    **dict.fromkeys(("dix", "ten"), 10),
    **dict.fromkeys(("douze", "twelve"), 12),
}
# A week is seven days and a year twelve months; months and days are never turned into each other.
UNITS = {
    **dict.fromkeys(("heure", "heures", "hour", "hours"), ("hours", 1)),
    **dict.fromkeys(("jour", "jours", "day", "days"), ("days", 1)),
    **dict.fromkeys(("semaine", "semaines", "week", "weeks"), ("days", 7)),
    **dict.fromkeys(("mois", "month", "months"), ("months", 1)),
    **dict.fromkeys(("an", "ans", "année", "années", "year", "years"), ("months", 12)),
}
STATED = re.compile(
    rf"\b(\d+|{'|'.join(NUMBERS)})[\s\u00a0\u202f]+({'|'.join(UNITS)})\b(?![’'])", re.IGNORECASE
)


@dataclass(frozen=True)
class Duration:
    """A time in hours, days or months."""

    number: int
    unit: str


@dataclass(frozen=True)
class Stated:
    """A time as the text has it."""

    words: str
    duration: Duration


def stated(text: str) -> Iterator[Stated]:
    """Each time that the text states, in figures or in words."""
    for found in STATED.finditer(text):
        number, unit = found[1].lower(), found[2].lower()
        name, times = UNITS[unit]
        count = NUMBERS.get(number) or int(number)
        yield Stated(found[0], Duration(count * times, name))


def of_figure(name: str, value: int) -> Duration:
    """The time of the rulebook's figure of that name; its unit ends the name."""
    unit, times = UNITS[name.rpartition("_")[2]]
    return Duration(value * times, unit)
