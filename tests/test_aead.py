"""What was sealed once stays readable: keys of factors, events of consent, files of the vault."""

import hashlib
from pathlib import Path

import pytest

from mailer import aead
from mailer.accounts.factors import sealed
from mailer.consent import sealing
from mailer.errors import Invalid
from mailer.rights import vault

KEY = bytes(range(32))
FACTOR = bytes.fromhex(
    "b28bb49dcc01e0cf0ce0d1e7230807bd44d0a68e9fa1bfd908b04ac2899077cfe276ac031f2b01d8cc7dd47f"
)
EVENT = bytes.fromhex(
    "9ad13465e09c0d2fc72967df9574dc477a3935c5971e655a943256fbff49ce53cd334f190934aa3d76bb4af7e64f47"
    "ed725082050ae438de244127ef"
)
FILE = bytes.fromhex("6465666768696a6b6c6d6e6f821891fc0c207dd808beafa8cf97e0828f6cf0847d3325b1")
NAME = "0123456789abcdef0123456789abcdef"


def test_a_key_of_a_factor_that_is_stored_opens():
    keys = ["an older key", "a key for tests"]

    assert sealed.unseal(FACTOR, keys, "totp:7") == b"JBSWY3DPEHPK3PXP"


def test_an_event_of_consent_that_is_stored_opens():
    assert sealing.unseal(EVENT, KEY, "event:12") == {"ip": "192.0.2.0/24", "page": "/"}


def test_a_file_of_the_vault_that_is_stored_opens(app):
    folder = Path(app.config["DATA_FOLDER"])
    (folder / vault.KEY).write_text("the-secret-of-the-vault")
    (folder / vault.FOLDER).mkdir()
    (folder / vault.FOLDER / NAME).write_bytes(FILE)

    assert vault.get(NAME) == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("closed", "key", "bound_to"),
    [
        (FILE, KEY, NAME),
        (FILE, hashlib.sha256(b"the-secret-of-the-vault").digest(), NAME[::-1]),
        (FILE[:-1], hashlib.sha256(b"the-secret-of-the-vault").digest(), NAME),
        (b"", KEY, NAME),
    ],
)
def test_another_key_another_place_and_changed_bytes_open_nothing(closed, key, bound_to):
    with pytest.raises(Invalid):
        aead.unseal(closed, key, bound_to)
