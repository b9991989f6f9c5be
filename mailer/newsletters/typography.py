"""The signs that French and English texts are set with: what is wrong, and the same text mended.

Each correction is safe: it changes no word, no address and no merge field, and mending twice is
mending once. Source: Lexique des règles typographiques en usage à l’Imprimerie nationale.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

NBSP = "\u00a0"
NO_BREAK = f"{NBSP}\u202f"
# Stands for what is not a text: an address, a merge field, the target of a link.
HELD = "\ue000"
PROTECTED = re.compile(
    r"\{\{[^{}]*\}\}|(?<=\])\([^)\n]*\)|<?(?:https?|ftp|mailto|file):\S+|www\.\S+"
    r"|[\w.+'-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu|bzh)\b\S*"
    r"|&#?\w+;|\{[^{}\n]*\}?|/medias/\S+"
)


class Correction(StrEnum):
    """What a text is set with wrongly."""

    DOUBLE_SPACE = "double-space"
    QUOTES = "quotes"
    APOSTROPHE = "apostrophe"
    DOTS = "dots"
    SPACE_BEFORE = "space-before"
    UNIT_SPACE = "unit-space"
    NO_BREAK_SPACE = "no-break-space"
    ACCENTED_CAPITAL = "accented-capital"
    LIGATURE = "ligature"


@dataclass(frozen=True)
class Slip:
    """A correction that a text needs, and the words around its first place."""

    correction: Correction
    around: str


Mending = Callable[[str], str]
# How many words are shown on each side.
AROUND = 2


def mended(text: str, language: str) -> str:
    """The text with all that is safe corrected."""
    held, parts = _held(text)
    for mend in _of(language).values():
        held = mend(held)
    return _released(held, parts)


def slips(text: str, language: str) -> list[Slip]:
    """What mended() would change, each kind once."""
    held, parts = _held(text)
    found = []
    for correction, mend in _of(language).items():
        after = mend(held)
        if after != held:
            found.append(Slip(correction, _around(_released(held, parts), _released(after, parts))))
        held = after
    return found


def _of(language: str) -> Mapping[Correction, Mending]:
    return FRENCH if language.startswith("fr") else ENGLISH


def _held(text: str) -> tuple[str, list[str]]:
    return PROTECTED.sub(HELD, text.replace(HELD, "")), PROTECTED.findall(text)


def _released(held: str, parts: list[str]) -> str:
    left = iter(parts)
    return re.sub(HELD, lambda _: next(left), held)


def _around(before: str, after: str) -> str:
    """The words around the first difference."""
    pairs = zip(before, after, strict=False)
    at = next((n for n, (one, other) in enumerate(pairs) if one != other), len(before))
    earlier, later = before[:at].split(" ")[-AROUND:], before[at:].split(" ")[:AROUND]
    return f"{' '.join(earlier)}{' '.join(later)}".replace("\n", " ").strip(" ")


def _all(*pairs: tuple[str, str]) -> Mending:
    compiled = [(re.compile(pattern), put) for pattern, put in pairs]

    def mend(text: str) -> str:
        for pattern, put in compiled:
            text = pattern.sub(put, text)
        return text

    return mend


_single_spaces = _all(
    (rf"(?<=\S)[ {NO_BREAK}]*(?:  |[{NO_BREAK}] | [{NO_BREAK}])[ {NO_BREAK}]*(?=\S)", " ")
)
_apostrophes = _all((r"(?<=[^\W\d_])'(?=[\w«“\ue000])", "’"))
_dots = _all((r"(?<!\.)\.{3}(?!\.)", "…"))
# What ends a word, or closes something after it.
_WORD = r"[\w)\]»”’\"%€*_…\ue000]"
_END = rf"(?=[\s{NO_BREAK}*_)»\]]|$|{HELD})"
_french_spaces = _all(
    # A space that is there becomes one that does not break; narrow ones are right as well.
    (rf"(?<=\S) (?=[;:?!]+{_END})", NBSP),
    (r"(?<=\S) (?=»)", NBSP),
    (r"« (?=\S)", f"«{NBSP}"),
    # One that is missing is put in, but within 14:30 and after an emoji made of signs.
    (rf"(?<={_WORD})(?=[?!;]{{1,3}}{_END})", NBSP),
    (rf"(?<=[^\W\d_]|[)»*{HELD}])(?=:{_END})", NBSP),
    (rf"(?<=[^\s{NO_BREAK}])(?=»)", NBSP),
    (rf"«(?=[^\s{NO_BREAK}])", f"«{NBSP}"),
)
_UNITS = r"€|%|°C|km/h|km|cm|mm|kg|ha|kWh|MWh|m²|m³|Mo|Go|ko|M€|k€"
_units = _all(
    (rf"(?<=\d) ?(?=(?:{_UNITS})(?![\w²³]))", NBSP),
    (r"\b([nN])° ?(?=\d)", rf"\1°{NBSP}"),
    (r"(?<=\d) (?=(?:euros?|millions?|milliards?|habitants?)\b)", NBSP),
)
_french_quotes = _all(
    (
        rf'(?<![\w])"[ {NO_BREAK}]?([^"\n]*[^"\s{NO_BREAK}])[ {NO_BREAK}]?"(?![\w])',
        rf"«{NBSP}\1{NBSP}»",
    ),
)
_before_stops = _all((r"(?<=[\w)»]) +(?=,|\.(?:\s|$))", ""))
# Where a sentence may begin.
_START = r"(?:(?<=\A)|(?<=[.!?…:«\n][ \u00a0])|(?<=\n)|(?<=- )|(?<=\*\*)|(?<=\* ))"
# Latin phrases keep their plain A; the rest of the words is no preposition.
_A_PRIORI = r"priori|posteriori|contrario|fortiori|minima|maxima|cappella"
_E_WORDS = (
    "tats?|coles?|coliers?|ducation|glises?|galité|galement|lections?|lus?|lues?|vénements?"
    "|vènements?|quipes?|quipements?|tudes?|tudiante?s?|nergies?|missions?|ditions?|ditorial|ditos?"
    "|té|taient|tait|tant|tre|valuations?|volutions?|conomies?|conomiques?|cologie|cologiques?"
    "|coutez?|crire|crivez|crits?|lectricité|levages?|lèves?|poques?|tapes?|tablissements?|tranger"
    "|videmment|changes?|chéances?|clairages?|piceries?|tangs?|toiles?"
)
_capitals = _all(
    (rf"{_START}A(?= (?!{_A_PRIORI})[a-zà-ÿ])", "À"),
    (rf"{_START}A(?= l[’'])", "À"),
    (rf"\bE(?=(?:{_E_WORDS})\b)", "É"),
    (r"\bI(?=les?\b)", "Î"),
    (rf"{_START}Ca(?= [a-zà-ÿ])", "Ça"),
)
_ligatures = _all(
    (r"\b([CcSs])oeur(?=s?\b)", r"\1œur"),
    (r"\boe(?=uvr|il\b|ufs?\b)", "œ"),
    (r"\bOe(?=uvr|il\b|ufs?\b)", "Œ"),
    (r"\b([BbVvNnMm])oe(?=ufs?\b|ux?\b|uds?\b|urs\b)", r"\1œ"),
    (r"\b(m|M)anoe(?=uvr)", r"\1anœ"),
)

FRENCH: Mapping[Correction, Mending] = {
    Correction.DOUBLE_SPACE: _single_spaces,
    Correction.QUOTES: _french_quotes,
    Correction.APOSTROPHE: _apostrophes,
    Correction.DOTS: _dots,
    Correction.SPACE_BEFORE: _before_stops,
    Correction.UNIT_SPACE: _units,
    Correction.NO_BREAK_SPACE: _french_spaces,
    Correction.ACCENTED_CAPITAL: _capitals,
    Correction.LIGATURE: _ligatures,
}
ENGLISH: Mapping[Correction, Mending] = {
    Correction.DOUBLE_SPACE: _single_spaces,
    Correction.QUOTES: _all((r'(?<!\w)"([^"\n]+)"(?!\w)', r"“\1”")),
    Correction.APOSTROPHE: _all((r"(?<=[^\W\d_])'(?=\w)|(?<=s)'(?= \w)", "’")),
    Correction.DOTS: _dots,
    Correction.SPACE_BEFORE: _all(
        (rf"(?<=[\w)”’])[ {NO_BREAK}]+(?=[,;:?!](?:\s|$)|\.(?:\s|$))", "")
    ),
}
