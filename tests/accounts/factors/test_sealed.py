import pytest

from mailer.accounts.factors import sealed
from mailer.errors import Invalid

KEYS = ["the first key", "the second"]


def test_what_is_sealed_is_opened_by_the_same_key():
    assert sealed.unseal(sealed.seal(b"secret", KEYS, "totp:1"), KEYS, "totp:1") == b"secret"


def test_an_older_key_that_is_still_listed_opens_too():
    assert sealed.unseal(sealed.seal(b"secret", KEYS[:1], "totp:1"), KEYS, "totp:1") == b"secret"


@pytest.mark.parametrize(
    ("keys", "bound_to", "change"),
    [(["another"], "totp:1", b""), (KEYS, "totp:2", b""), (KEYS, "totp:1", b"x")],
)
def test_no_other_key_owner_or_ciphertext_opens(keys, bound_to, change):
    closed = sealed.seal(b"secret", KEYS, "totp:1") + change

    with pytest.raises(Invalid, match="sealed"):
        sealed.unseal(closed, keys, bound_to)


@pytest.mark.parametrize("closed", [b"", b"short"])
def test_what_was_never_sealed_is_refused(closed):
    with pytest.raises(Invalid, match="sealed"):
        sealed.unseal(closed, KEYS, "totp:1")


def test_the_content_cannot_be_read_from_it():
    assert b"secret" not in sealed.seal(b"secret", KEYS, "totp:1")
