import pytest

from mailer.accounts import passphrases
from mailer.errors import Invalid


def test_a_passphrase_fits_its_own_hash_only():
    known = passphrases.hashed("sept phares et une marée")

    assert passphrases.match(known, "sept phares et une marée")
    assert not passphrases.match(known, "sept phares et une maree")


def test_an_accent_fits_whichever_keyboard_makes_it():
    assert passphrases.match(passphrases.hashed("une mare\u0301e de phares"), "une marée de phares")


def test_without_a_hash_nothing_fits():
    assert not passphrases.match(None, "sept phares et une marée")


def test_the_hash_is_argon2id():
    assert passphrases.hashed("sept phares et une marée").startswith("$argon2id$")


def test_an_unknown_address_costs_what_a_known_one_costs():
    same = passphrases.DUMMY.split("$")[:4]

    assert passphrases.hashed("sept phares et une marée").split("$")[:4] == same


@pytest.mark.parametrize("length", [0, 13, 257])
def test_too_short_or_too_long_is_refused(length):
    with pytest.raises(Invalid, match="passphrase"):
        passphrases.hashed("é" * length)
