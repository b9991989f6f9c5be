"""Secrets that programs make, and those that we make."""

from base64 import b64encode

import pytest

from mailer.webhooks import signing

SECRET = signing.PREFIX + b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize(
    ("secret", "is_one"),
    [
        (SECRET, True),
        ("whsec_" + b64encode(bytes(23)).decode(), False),
        ("whsec_" + b64encode(bytes(64)).decode(), True),
        ("whsec_" + b64encode(bytes(65)).decode(), False),
        ("whsec_" + "A" * 33, False),
        (b64encode(bytes(32)).decode(), False),
    ],
)
def test_a_secret_is_whole_base64_of_a_good_length(secret, is_one):
    assert signing.is_secret(secret) is is_one


def test_a_new_secret_is_a_good_one():
    assert signing.is_secret(signing.new_secret())
