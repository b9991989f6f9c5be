"""What a notice lacks or gets wrong, from its text and what we know; in no language yet.

Transparency is what authorities look at (EDPB, coordinated action of 2026 on arts 12 to 14).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mailer.consent.citations import cited
from mailer.consent.durations import Duration, stated
from mailer.consent.fields import HEADINGS, OF_A_FIELD, OF_THE_SHORT, PHRASES, Field, Mention

MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# The function that the officer replaced on 25 May 2018.
FORMER_OFFICER = re.compile(r"\bCIL\b|\bcil@|correspondants?[\s\u00a0]informatique", re.IGNORECASE)
UNFILLED = re.compile(r"\{\w+\}")
# Two words that an article would have to join: « de Agence », « à Office ».
BARE_NAME = {"fr": r"\b(?:de|à|par|pour|chez|d’)[\s\u00a0]*{name}", "en": r"(?!)"}


class Rule(StrEnum):
    """Each thing that is looked at."""

    FIELD_MISSING = "field_missing"
    FIELD_EMPTY = "field_empty"
    MENTION_MISSING = "mention_missing"
    OUTDATED_CITATION = "outdated_citation"
    FORMER_OFFICER = "former_officer"
    TIME_MISSING = "time_missing"
    TIME_UNKNOWN = "time_unknown"
    UNREAD_MAILBOX = "unread_mailbox"
    UNFILLED = "unfilled"
    BARE_NAME = "bare_name"


class Level(StrEnum):
    """MISSING stops the program from starting; both stop a text from being published."""

    MISSING = "missing"
    WRONG = "wrong"


LACKS = frozenset({Rule.FIELD_MISSING, Rule.FIELD_EMPTY, Rule.MENTION_MISSING})


@dataclass(frozen=True)
class Finding:
    """One fault: which, in which field if it lies in one, and the words or the thing concerned."""

    rule: Rule
    field: Field | None = None
    detail: str = ""

    @property
    def level(self) -> Level:
        return Level.MISSING if self.rule in LACKS else Level.WRONG


@dataclass(frozen=True)
class Facts:
    """What is true here and now: settings, and the rulebook's times and old article numbers."""

    locale: str
    organisation: str
    officer: str
    # How the authority may be called: its short name, the address of its site.
    authority: tuple[str, ...]
    # The way to the full notice.
    link: str
    mailboxes: frozenset[str]
    # What the retention field must state, and what else may be stated anywhere.
    must_state: Mapping[str, Duration]
    may_state: frozenset[Duration]
    # Articles that granted rights under a numbering that is over.
    outdated: frozenset[str]


def lint_full(text: str, facts: Facts) -> list[Finding]:
    """The faults of the whole notice of art. 13."""
    parts = _parts(text, facts.locale)
    return [
        *_fields(parts, facts),
        *_times(parts.get(Field.RETENTION, ""), facts),
        *_all(text, facts),
    ]


def lint_short(text: str, facts: Facts) -> list[Finding]:
    """The faults of the notice beside the form."""
    missing = [
        Finding(Rule.MENTION_MISSING, None, mention.value)
        for mention in _lacks(OF_THE_SHORT, text, facts)
    ]
    return [*missing, *_all(text, facts)]


def _parts(text: str, locale: str) -> dict[Field, str]:
    """What stands under each heading that is known; a second heading of a field adds to it."""
    found: dict[Field, str] = {}
    for part in re.split(r"^##[ \t]+", text, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        field = next((f for f, words in HEADINGS.items() if words.find(heading, locale)), None)
        if field:
            found[field] = found.get(field, "") + body.strip()
    return found


def _fields(parts: Mapping[Field, str], facts: Facts) -> Iterator[Finding]:
    for field in Field:
        if field not in parts:
            yield Finding(Rule.FIELD_MISSING, field)
        elif not parts[field]:
            yield Finding(Rule.FIELD_EMPTY, field)
        else:
            for mention in _lacks(OF_A_FIELD.get(field, ()), parts[field], facts):
                yield Finding(Rule.MENTION_MISSING, field, mention.value)


def _lacks(mentions: tuple[Mention, ...], text: str, facts: Facts) -> Iterator[Mention]:
    return (mention for mention in mentions if not _says(mention, text, facts))


def _says(mention: Mention, text: str, facts: Facts) -> bool:
    match mention:
        case Mention.ORGANISATION:
            return facts.organisation in text
        case Mention.MAILBOX:
            return facts.officer in text
        case Mention.DURATION:
            return any(stated(text))
        case Mention.AUTHORITY:
            return any(name in text for name in facts.authority)
        case Mention.LINK:
            return facts.link in text
        case _:
            return PHRASES[mention].find(text, facts.locale) is not None


def _times(retention: str, facts: Facts) -> Iterator[Finding]:
    told = {time.duration for time in stated(retention)}
    for name, duration in facts.must_state.items():
        if retention and duration not in told:
            yield Finding(Rule.TIME_MISSING, Field.RETENTION, name)


def _all(text: str, facts: Facts) -> Iterator[Finding]:
    for time in stated(text):
        if time.duration not in facts.may_state:
            yield Finding(Rule.TIME_UNKNOWN, None, time.words)
    for citation in cited(text):
        if not citation.is_gdpr and citation.articles & facts.outdated:
            yield Finding(Rule.OUTDATED_CITATION, None, citation.words)
    for former in {found[0] for found in FORMER_OFFICER.finditer(text)}:
        yield Finding(Rule.FORMER_OFFICER, None, former)
    for mailbox in sorted(set(MAILBOX.findall(text))):
        if mailbox.rstrip(".").lower() not in facts.mailboxes:
            yield Finding(Rule.UNREAD_MAILBOX, None, mailbox)
    for placeholder in UNFILLED.findall(text):
        yield Finding(Rule.UNFILLED, None, placeholder)
    bare = BARE_NAME[facts.locale].replace("{name}", re.escape(facts.organisation))
    for words in re.findall(bare, text):
        yield Finding(Rule.BARE_NAME, None, words)
