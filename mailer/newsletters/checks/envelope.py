"""What the inbox shows of a letter: its subject and the text that follows it."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from mailer.newsletters.checks.reading import as_read, plain, words
from mailer.newsletters.checks.rules import Finding, Rule
from mailer.newsletters.content import IssueContent

PREHEADER_CHARACTERS = range(40, 111)
# What the list of messages shows on most phones.
SUBJECT_CHARACTERS = 60
FEWEST_CHARACTERS = 10
# How much of a subject a phone held upright shows beside the name of the sender.
PHONE_CHARACTERS = 40
SHOUTED_LETTERS, SHOUTED_SHARE = 8, 0.7
ALIKE = 0.85
MOST_EMOJI = 2
# An answer or a forwarded mail, as mail clients write it in French and in English.
REPLY = re.compile(r"\s*(?:re|fwd?|tr|rép|aw)\s*:", re.IGNORECASE)
EXCLAIMED = re.compile(r"!.*!|[!?]{2,}|\?.*\?.*\?")
EMOJI = re.compile("[\U0001f1e6-\U0001faff\u2600-\u27bf\u2b50\u2b55]")
# A form may well be "à compléter": only what opens a text, or stands in brackets, waits for words.
PLACEHOLDER = re.compile(
    r"lorem ipsum|dolor sit amet|\[(?:\.{3}|…)\]|\b(?:todo|tbd|xxxx+)\b"
    r"|(?:^|[\[(<])(?:à compléter|à remplacer|texte à venir|insérer ici|insert here"
    r"|to be completed)\b|\A(?:sans titre|untitled)\Z",
    re.IGNORECASE | re.MULTILINE,
)
TEST_SUBJECT = re.compile(
    r"\W*(?:test|essai|brouillon|draft|bat)\b(?:\s+\w{1,3})?\W*"
    r"|\s*\[(?:test|essai|bat|draft|brouillon)\].*",
    re.IGNORECASE,
)


def findings(content: IssueContent) -> Iterator[Finding]:
    """What is to mend in the envelope, and what was meant to be replaced before the letter left."""
    subject = as_read(content.subject).strip()
    yield from (Finding(rule, "", detail, "subject") for rule, detail in of_subject(subject))
    yield from _preheader(subject, as_read(content.preheader).strip())
    for found in words(content):
        if left := PLACEHOLDER.search(found.text):
            yield Finding(Rule.PLACEHOLDER, found.block, left[0], found.field)


def on_a_phone(subject: str) -> str:
    """The subject as the list of messages of a phone shows it."""
    shown = as_read(subject).strip()
    return shown if len(shown) <= PHONE_CHARACTERS else shown[: PHONE_CHARACTERS - 1] + "…"


def shouts(text: str) -> bool:
    """Whether nearly all of its letters are capitals, and they are more than an abbreviation."""
    letters = [sign for sign in text if sign.isalpha()]
    high = sum(letter.isupper() for letter in letters)
    return len(letters) >= SHOUTED_LETTERS and high >= SHOUTED_SHARE * len(letters)


def of_subject(subject: str) -> Iterator[tuple[Rule, str]]:
    """What is to mend in the subject alone, as somebody reads it."""
    if not subject:
        yield Rule.NO_SUBJECT, ""
        return
    if not any(sign.isalnum() for sign in subject):
        yield Rule.WORDLESS_SUBJECT, subject
    elif len(subject) < FEWEST_CHARACTERS:
        yield Rule.SHORT_SUBJECT, str(len(subject))
    if len(subject) > SUBJECT_CHARACTERS:
        yield Rule.LONG_SUBJECT, str(len(subject))
    if shouts(subject):
        yield Rule.SHOUTED_SUBJECT, ""
    if EXCLAIMED.search(subject):
        yield Rule.EXCLAIMED_SUBJECT, ""
    if len(EMOJI.findall(subject)) > MOST_EMOJI:
        yield Rule.MANY_EMOJI, ""
    if reply := REPLY.match(subject):
        yield Rule.FALSE_REPLY, reply[0].strip()
    if TEST_SUBJECT.fullmatch(subject):
        yield Rule.PLACEHOLDER, subject


def _preheader(subject: str, preheader: str) -> Iterator[Finding]:
    if not preheader:
        yield Finding(Rule.NO_PREHEADER, field="preheader")
    elif _repeats(plain(subject), plain(preheader)):
        yield Finding(Rule.PREHEADER_REPEATS, field="preheader")
    elif len(preheader) not in PREHEADER_CHARACTERS:
        yield Finding(Rule.PREHEADER_LENGTH, "", str(len(preheader)), "preheader")


def _repeats(subject: str, preheader: str) -> bool:
    if not subject:
        return False
    alike = SequenceMatcher(None, subject, preheader).ratio() >= ALIKE
    return alike or preheader.startswith(subject)
