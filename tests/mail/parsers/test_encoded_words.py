"""A thousand subjects and names in all scripts, as three parsers decode them (RFC 2047)."""

import random
import re
import sys
import unicodedata

import pytest
from mail.parsers.programs import PARSERS, parsed

from mailer.mail.headers import serialise

# Letters, marks, digits, punctuation, symbols, and spaces: what a person can write on one line.
WRITTEN = "LMNPSZ"
SPECIALS = '"\\(),.:;<>@[]=?_ '
KINDS = [
    character
    for character in map(chr, range(0x20, sys.maxunicode))
    if unicodedata.category(character)[0] in WRITTEN and character not in "\u2028\u2029"
]
SCRIPTS = ("abcdéàçœ’« »", "αβγδ", "абвг", "שלום", "مرحبا", "日本語", "🌊🐚👩‍🔧🇫🇷", SPECIALS)


def texts(seed, number=1000):
    """As many texts, the same in each run: all characters, one script, or words of ASCII."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    for _ in range(number):
        alphabet = chance.choice((KINDS, *SCRIPTS, "abc " + SPECIALS))
        length = chance.choice((1, 3, 10, 40, 75, 120))
        yield " ".join("".join(chance.choices(alphabet, k=length)).split(" ")).strip() or "é"


@pytest.fixture(scope="module")
def said():
    """Subjects and names."""
    return list(zip(texts("subjects"), texts("names"), strict=True))


@pytest.fixture(scope="module")
def mails(said):
    """A mail of nothing but its head for each."""
    return [
        serialise(
            (
                ("From", f"{name} <lettre@exemple.fr>"),
                ("To", "zoe@exemple.fr"),
                ("Subject", subject),
                ("Content-Type", "text/plain"),
            )
        )
        + b"\r\n"
        for subject, name in said
    ]


@pytest.mark.parametrize("parser", PARSERS)
def test_every_subject_and_name_is_decoded_to_what_was_written(parser, said, mails):
    found = parsed(parser, mails)

    assert [(mail["subject"], mail["name"]) for mail in found] == said
    assert {mail["address"] for mail in found} == {"lettre@exemple.fr"}


def test_no_encoded_word_is_long_and_none_stands_in_a_quoted_string(mails):
    words = [word for mail in mails for word in re.findall(rb"=\?[^? ]+\?[^? ]+\?[^? ]*\?=", mail)]

    assert len(words) > len(mails)
    assert max(map(len, words)) <= 75
    assert not any(re.search(rb'"[^"\r\n]*=\?[^"\r\n]*"', mail) for mail in mails)
