"""What may be measured of one person in one mailing: asked when a mail is built, and at each hit.

CNIL, délibération 2026-042; loi 78-17 art. 82. docs/tracking.md has the table in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailer.clock import add_months, paris_day
from mailer.consent.evidence import Kind


class Mode(StrEnum):
    """How much is measured, the strictest first."""

    NONE = "none"
    AGGREGATE = "aggregate"
    LAST_OPEN_DATE = "last_open_date"
    INDIVIDUAL = "individual"


class What(StrEnum):
    """The two things that a person answers about, each for itself: the purpose of the answer."""

    OPENS = "track:opens"
    CLICKS = "track:clicks"


class Answer(StrEnum):
    """A withdrawal counts as a refusal, and silence is no yes."""

    UNKNOWN = "unknown"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Answers:
    """What one person answered."""

    opens: Answer = Answer.UNKNOWN
    clicks: Answer = Answer.UNKNOWN


@dataclass(frozen=True)
class Measured:
    """What is measured of one person: of what they open, and of what they follow."""

    opens: Mode = Mode.NONE
    clicks: Mode = Mode.NONE


NOTHING = Measured()
ORDER = tuple(Mode)
MEANT = {
    Kind.TRACKING_GRANTED: Answer.GRANTED,
    Kind.TRACKING_REFUSED: Answer.REFUSED,
    Kind.TRACKING_WITHDRAWN: Answer.REFUSED,
}

# What the law lets be measured without a yes, of mails that the person asked for: one address for
# all and nothing but counts, and the date of the last opening. The second is about opening alone.
EXEMPT = {
    What.OPENS: frozenset({Mode.AGGREGATE, Mode.LAST_OPEN_DATE}),
    What.CLICKS: frozenset({Mode.AGGREGATE}),
}


def strictest(*modes: Mode) -> Mode:
    """The mode that measures least; with none given, nothing is measured."""
    return min(modes, key=ORDER.index, default=Mode.NONE)


def at_most(mode: Mode) -> tuple[Mode, ...]:
    """The modes that measure no more than that one."""
    return ORDER[: ORDER.index(mode) + 1]


def answer_of(kind: Kind | None) -> Answer:
    """What the last event about it comes to; after an erasure nothing is known any more."""
    return MEANT.get(kind, Answer.UNKNOWN) if kind else Answer.UNKNOWN


def decide(
    modes: Iterable[Mode], answer: Answer, what: What = What.OPENS, *, asked_for: bool = True
) -> Mode:
    """What may be measured under those modes, of a person who gave that answer.

    Without a yes only an exempt mode is left, and it is never a fallback: what was to be measured
    person by person is not measured at all.
    """
    mode = strictest(*modes)
    if answer is Answer.REFUSED:
        return Mode.NONE
    if mode in EXEMPT[what]:
        return mode if asked_for or answer is Answer.GRANTED else Mode.NONE
    return mode if mode is Mode.INDIVIDUAL and answer is Answer.GRANTED else Mode.NONE


def measured(modes: Iterable[Mode], answers: Answers, *, asked_for: bool = True) -> Measured:
    """The decision for what is opened and for what is followed."""
    known = tuple(modes)
    return Measured(
        decide(known, answers.opens, What.OPENS, asked_for=asked_for),
        decide(known, answers.clicks, What.CLICKS, asked_for=asked_for),
    )


def may_ask(last_refused: datetime | None, at: datetime, months: int) -> bool:
    """Whether the question may be put again, so many months (the rulebook's) after a no."""
    return last_refused is None or paris_day(at) >= add_months(paris_day(last_refused), months)
