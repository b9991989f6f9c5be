"""What each letter must say. One that lacks a mandatory mention is not sent (GDPR art. 12)."""

import html
import re
from collections.abc import Mapping
from enum import StrEnum

from mailer.errors import Invalid
from mailer.rights.kinds import AT_ONCE, Right
from mailer.rights.states import REFUSALS, Outcome

TAG = re.compile(r"<[^>]*>")


class Kind(StrEnum):
    """The letters that go to a person who exercised a right."""

    ACKNOWLEDGEMENT = "acknowledgement"
    OBJECTION = "objection"
    ANSWER = "answer"
    REFUSAL = "refusal"


EVERY = ("reference", "received_on", "rights", "controller", "dpo")

REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    Kind.ACKNOWLEDGEMENT: (*EVERY, "due", "done", "completing", "free", "link"),
    # Art. 21(3): what is kept is the trace without which the objection could not be kept.
    Kind.OBJECTION: (*EVERY, "effective_on", "scope", "kept"),
    Kind.ANSWER: (*EVERY, "outcomes", "answer", "complaint"),
    # Art. 12(4): the reasons, the complaint to the authority, the judicial remedy.
    Kind.REFUSAL: (*EVERY, "outcomes", "answer", "grounds", "complaint", "court"),
}


def kind_of(outcomes: Mapping[Right, Outcome]) -> Kind:
    """The letter that answers a request decided so."""
    if REFUSALS.intersection(outcomes.values()):
        return Kind.REFUSAL
    return Kind.OBJECTION if AT_ONCE.issuperset(outcomes) else Kind.ANSWER


def check(kind: Kind, mentions: Mapping[str, str], text: str, markup: str) -> None:
    """Both bodies hold every mandatory mention; raises Invalid naming one that they do not."""
    bodies = (_spaced(text), _spaced(html.unescape(TAG.sub(" ", markup))))
    for name in REQUIRED[kind]:
        words = _spaced(mentions.get(name, ""))
        if not words or any(words not in body for body in bodies):
            raise Invalid(f"{kind} letter without {name}")


def _spaced(words: str) -> str:
    """The words with one space between them, whatever stood there."""
    return " ".join(words.split())
