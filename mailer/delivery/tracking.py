"""A letter measured: its links and its pixel for each way of measuring, and the exit from it.

What is not measured keeps its own links and has no pixel. The text part always keeps its links:
who reads plain text sees where each one leads.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import product

from mailer.consent.tracking import NOTHING, Answer, Answers, Measured, Mode, measured, strictest
from mailer.newsletters.content import Rendered
from mailer.newsletters.fields import OPENING, MergeField

# The opening of a mail stands before its first link.
OPENED = 0
TOKEN = MergeField("measure", None)
EXIT = MergeField("tracking_url", None)
UNSUBSCRIBE = MergeField("unsubscribe_url", None).mark()

HREF = re.compile(r'(<a\b[^>]*?\bhref=")(https?://[^"]*)(")')
LEAVING = re.compile(rf'<a\b[^>]*\bhref="{UNSUBSCRIBE}"[^>]*>[^<]*</a>')
LEAVING_IN_TEXT = re.compile(rf"^.*{UNSUBSCRIBE}$", re.MULTILINE)

EVERY_ANSWER = tuple(Answers(*pair) for pair in product(Answer, repeat=2))


@dataclass(frozen=True)
class Gate:
    """What a campaign may measure: the modes of instance, list and letter, the strictest wins."""

    modes: tuple[Mode, ...]
    asked_for: bool

    @property
    def ceiling(self) -> Mode:
        """The most that may be measured of anybody."""
        return strictest(*self.modes)

    def of(self, answers: Answers) -> Measured:
        """What may be measured of a person who answered so."""
        return measured(self.modes, answers, asked_for=self.asked_for)

    @property
    def ways(self) -> frozenset[Measured]:
        """Every way in which somebody may be measured."""
        return frozenset(self.of(answers) for answers in EVERY_ANSWER)

    @property
    def is_shut(self) -> bool:
        return self.ways == {NOTHING}


@dataclass(frozen=True)
class Marks:
    """What a measured letter holds: where hits go, the number of each link, words of the exit."""

    base: str
    positions: Mapping[str, int]
    leave: str
    has_left: str


def links_of(html: str, own_site: str) -> list[str]:
    """The addresses that a letter leads to, each once, in order; never a page of our own."""
    found = (unescape(link[2]) for link in HREF.finditer(html))
    return [url for url in dict.fromkeys(found) if _leads_away(url, own_site)]


def versions(letter: Rendered, gate: Gate, marks: Marks) -> Iterator[tuple[Measured, Rendered]]:
    """The letter once for each way of measuring; as it was written where nobody is measured."""
    if gate.is_shut:
        yield NOTHING, letter
        return
    for way in gate.ways:
        label = marks.has_left if way == NOTHING else marks.leave
        yield way, _with_exit(_measured(letter, way, marks), label)


def _leads_away(url: str, own_site: str) -> bool:
    # Our own pages are where one leaves; a field would make the target somebody's own.
    is_own = url == own_site or url.startswith((f"{own_site}/", f"{own_site}?"))
    return not is_own and OPENING not in url


def _measured(letter: Rendered, way: Measured, marks: Marks) -> Rendered:
    html = letter.html
    if way.clicks is not Mode.NONE:
        html = HREF.sub(lambda link: _through(link, marks), html)
    if way.opens is not Mode.NONE:
        pixel = f'<img src="{escape(marks.base)}" width="1" height="1" alt="" border="0">'
        head, close, tail = html.rpartition("</body>")
        html = f"{head}{pixel}{close}{tail}"
    return replace(letter, html=html)


def _through(link: re.Match[str], marks: Marks) -> str:
    position = marks.positions.get(unescape(link[2]))
    return link[0] if position is None else f"{link[1]}{escape(marks.base)}/{position}{link[3]}"


def _with_exit(letter: Rendered, label: str) -> Rendered:
    """The link that ends the measuring, right after the one that ends the letters."""

    def beside(leave: re.Match[str]) -> str:
        anchor = leave[0].replace(UNSUBSCRIBE, EXIT.mark())
        return f"{leave[0]} {re.sub('>[^<]*<', f'>{escape(label)}<', anchor)}"

    def below(leave: re.Match[str]) -> str:
        return f"{leave[0]}\n{label} ({EXIT.mark()})"

    return replace(
        letter,
        html=LEAVING.sub(beside, letter.html),
        text=LEAVING_IN_TEXT.sub(below, letter.text),
    )
