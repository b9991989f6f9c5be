import pytest

from mailer.consent import sealing
from mailer.errors import Invalid

KEY = sealing.new_key()
WHO = {"address": "camille@exemple.fr", "page": "https://exemple.fr/article"}


def test_what_is_sealed_is_read_with_the_key_of_the_person():
    sealed = sealing.seal(WHO, KEY, "event/sealed")

    assert b"camille" not in sealed
    assert sealing.unseal(sealed, KEY, "event/sealed") == WHO


def test_the_same_content_is_never_sealed_to_the_same_bytes():
    assert sealing.seal(WHO, KEY, "event/sealed") != sealing.seal(WHO, KEY, "event/sealed")


def test_nothing_is_sealed_to_nothing():
    assert sealing.seal({"address": "", "page": ""}, KEY, "event/sealed") is None


@pytest.mark.parametrize(
    ("key", "bound_to", "flipped"),
    [
        (sealing.new_key(), "event/sealed", False),
        (KEY, "another/sealed", False),
        (KEY, "event/trace", False),
        (KEY, "event/sealed", True),
    ],
    ids=["another-key", "another-event", "another-part", "a-flipped-byte"],
)
def test_another_key_event_or_byte_opens_nothing(key, bound_to, flipped):
    sealed = sealing.seal(WHO, KEY, "event/sealed")
    if flipped:
        sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])

    with pytest.raises(Invalid):
        sealing.unseal(sealed, key, bound_to)
