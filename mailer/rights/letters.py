"""The letters, and what each must say. One that lacks a mandatory mention is not sent."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from mailer.rights.parts import Part, spaced

# What a letter is filled with: a text, a day, or several texts.
Fact = str | date | tuple[str, ...]
Facts = Mapping[str, Fact]


class Kind(StrEnum):
    """The letters by their number; the value is what rows and templates are called."""

    A1 = "acknowledgement"
    A1B = "receipt"
    A2 = "identity_question"
    A2B = "unidentified"
    A3 = "extension"
    A4 = "access"
    A4_NOTHING = "nothing_held"
    A5 = "rectification"
    A6 = "objection"
    A7 = "erasure"
    A7B = "restriction"
    A7B_END = "restriction_end"
    A7C = "portability"
    A8 = "refusal"
    A9 = "excess"
    A10 = "recipients"
    A11 = "breach"
    # A case that ends without an answer, for the reason that it says.
    CLOSURE = "closure"
    # What has no letter of its own: directives after a death, a request that stayed unclear.
    ANSWER = "answer"


class Source(StrEnum):
    """Where the words of a mention come from."""

    # The case, the settings and the rulebook know it.
    CASE = "case"
    # The act that the letter tells of brings it.
    ACT = "act"
    # The officer writes it, in a free part.
    OFFICER = "officer"
    # The template says it whole.
    TEMPLATE = "template"


SOURCES: Mapping[Source, tuple[str, ...]] = {
    Source.CASE: (
        *("reference", "received_on", "rights", "controller", "dpo", "written_on"),
        *("due", "first_due", "done", "link", "request", "complaint", "court", "effective_on"),
        "backups_end",
    ),
    Source.ACT: (
        *("extended_due", "extension_ground", "outcomes", "granted", "grounds", "changes"),
        *("done_on", "told", "erased", "kept", "duration", "lifted_on", "perimeter"),
        *("download", "expires_on", "purposes", "categories", "recipients", "retention"),
        *("rights_open", "source", "subject_id", "action", "ending"),
    ),
    Source.OFFICER: (
        *("doubt", "needed", "facts", "answer", "decision", "demonstration"),
        *("nature", "consequences", "measures", "advice"),
    ),
    Source.TEMPLATE: (
        *("completing", "free", "signature", "alternatives", "suspended", "deletion"),
        *("reopening", "decisions", "scope", "trace", "effect", "formats", "announced"),
        *("dropping", "acknowledging", "nothing"),
    ),
}
SOURCE = {name: source for source, names in SOURCES.items() for name in names}

EVERY = ("reference", "received_on", "rights", "controller", "dpo")
# GDPR art. 12(4): the complaint to the authority, the judicial remedy.
REMEDIES = ("complaint", "court")

MANDATORY: Mapping[Kind, tuple[str, ...]] = {
    Kind.A1: (*EVERY, "due", "done", "link", "completing", "free"),
    Kind.A1B: (*EVERY, "written_on", "request", "signature"),
    Kind.A2: (*EVERY, "doubt", "needed", "alternatives", "suspended", "deletion"),
    Kind.A2B: (*EVERY, "facts", "grounds", "reopening", *REMEDIES),
    Kind.A3: (*EVERY, "first_due", "extension_ground", "facts", "extended_due", *REMEDIES),
    # Art. 15(1)(a) to (h), in its order, then the copy of 15(3).
    Kind.A4: (
        *(*EVERY, "purposes", "categories", "recipients", "retention", "rights_open"),
        *("complaint", "source", "decisions", "download", "expires_on"),
    ),
    Kind.A4_NOTHING: (*EVERY, "nothing", "complaint"),
    Kind.A5: (*EVERY, "changes", "done_on", "told", "complaint"),
    # Art. 21(3): what is kept is the trace without which the objection could not be kept.
    Kind.A6: (*EVERY, "effective_on", "scope", "trace"),
    Kind.A7: (*EVERY, "erased", "kept", "told", "backups_end", "complaint"),
    Kind.A7B: (*EVERY, "effect", "duration", "complaint"),
    Kind.A7B_END: (*EVERY, "effect", "lifted_on", "facts", "complaint"),
    Kind.A7C: (*EVERY, "formats", "perimeter", "download", "expires_on", "complaint"),
    Kind.A8: (*EVERY, "facts", "grounds", "granted", "due", *REMEDIES),
    Kind.A9: (*EVERY, "announced", "decision", "demonstration", "dropping", *REMEDIES),
    Kind.A10: (*EVERY, "subject_id", "action", "done_on", "acknowledging"),
    # No request is behind it: the persons are told of what happened (art. 34(2)).
    Kind.A11: (
        *("reference", "controller", "dpo"),
        *("nature", "consequences", "measures", "advice"),
    ),
    Kind.CLOSURE: (*EVERY, "ending", "complaint"),
    Kind.ANSWER: (*EVERY, "outcomes", "answer", "complaint"),
}

# What the officer may add to any letter, and need not.
REMARK = "remark"


def mandatory(kind: Kind) -> tuple[str, ...]:
    """The mentions without which a letter of that kind is not sent."""
    return MANDATORY[kind]


def free_parts(kind: Kind) -> tuple[str, ...]:
    """The parts that the officer writes; all the rest of the letter is fixed."""
    typed = (name for name in MANDATORY[kind] if SOURCE[name] == Source.OFFICER)
    return (*typed, REMARK)


def typed(kind: Kind, form: Mapping[str, str | None]) -> Facts:
    """What was typed in the free parts, and nowhere else: all other words are fixed."""
    return {name: (form.get(name) or "").strip() for name in free_parts(kind)}


def missing(kind: Kind, facts: Facts) -> tuple[str, ...]:
    """The mandatory mentions that the facts leave empty, in the order of the letter."""
    return tuple(
        name
        for name in MANDATORY[kind]
        if SOURCE[name] != Source.TEMPLATE and not _texts(facts.get(name, ""))
    )


def unsaid(kind: Kind, facts: Facts, parts: tuple[Part, ...]) -> tuple[str, ...]:
    """The mandatory mentions that the written letter does not say in the part marked for them."""
    return tuple(name for name in MANDATORY[kind] if not _is_said(name, facts, parts))


def _is_said(name: str, facts: Facts, parts: tuple[Part, ...]) -> bool:
    said = " ".join(spaced(part.text) for part in parts if name in part.says)
    return bool(said) and all(words in said for words in _texts(facts.get(name, "")))


def _texts(fact: Fact) -> list[str]:
    texts = fact if isinstance(fact, tuple) else (str(fact),)
    return [words for words in map(spaced, texts) if words]


def is_before(kind: Kind, due: date, today: date) -> bool:
    """Whether the letter may still say what it says: an extension is told by the first due date."""
    return kind != Kind.A3 or today <= due
