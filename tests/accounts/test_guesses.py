import pytest

from mailer.accounts.guesses import COMMON, Fault, fault, plain
from mailer.accounts.passphrases import SHORTEST

# How people make a word long enough.
LENGTHENED = (
    "{}", "{}!", "{}2026", "{}1984!", "{}123456", "{}75001", "{}-{}", "{} {} {}", "2025 {}",
    "mon {}", "{}007abc", "#{}#2024#", "{}12345678901",
)  # fmt: skip
# ASVS 5.0.0, 6.2.4: the passphrases that are tried first, of those that are long enough.
COMMON_ONES = 3_000

KNOWN = ("Agence de l’Estran", "camille.morin@exemple.fr", "Camille Morin")


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("motdepasse123456", Fault.COMMON),
        ("Mot de passe 2026 !", Fault.COMMON),
        ("M0tD3P@ss3 du 75", Fault.COMMON),
        ("Password-Password-1", Fault.REPEATED),
        ("Liberté, Égalité, Fraternité", Fault.COMMON),
        ("correct horse battery staple", Fault.COMMON),
        ("Que la Force soit avec toi !", Fault.COMMON),
        ("il était une fois 1979", Fault.COMMON),
        ("aaaaaaaaaaaaaaaaaaaa", Fault.REPEATED),
        ("soleil soleil soleil", Fault.REPEATED),
        ("1212 1212 1212 1212", Fault.REPEATED),
        ("azertyuiop123456", Fault.WALK),
        ("qsdfghjklmwxcvbn", Fault.WALK),
        ("1q2w3e4r5t6y7u8i", Fault.WALK),
        ("abcdefghijklmnop", Fault.WALK),
        ("98765432101234", Fault.WALK),
        ("Agence de l’Estran 2026", Fault.OWN),
        ("estran-2026-agence", Fault.OWN),
        ("camille.morin@exemple.fr", Fault.OWN),
        ("Camille Morin 1984!", Fault.OWN),
        ("sept phares et une marée", None),
        ("marée haute à midi", None),
        ("une longue phrase", None),
        ("le facteur range trois parapluies verts", None),
        ("camille range trois parapluies", None),
        ("kX9#vQ2!mZ7pLw", None),
    ],
)
def test_what_a_stranger_would_try_first_is_refused(passphrase, why):
    assert fault(passphrase, KNOWN) == why


def lines():
    return [line for line in COMMON.read_text().splitlines() if not line.startswith("#")]


def disguised(word):
    """With figures and signs for letters; a walk over keys is walked as it is."""
    return word.translate(str.maketrans("oiea", "013@")) if word.isalpha() else word


def test_three_thousand_common_ones_are_refused_however_they_are_written():
    words = {spelt for word in lines() for spelt in (word, word.title(), disguised(word))}
    made = {way.replace("{}", word) for word in words for way in LENGTHENED}
    written = {each for each in made if len(each) >= SHORTEST}

    assert len({plain(each) for each in written}) > COMMON_ONES
    assert [each for each in written if fault(each, ()) is None] == []


def test_every_line_of_the_list_is_as_passphrases_are_compared():
    assert lines() == sorted({plain(line) for line in lines()})
