"""The keys of the record's chain: made from those of the ledger, and never the same."""

import hmac
from collections.abc import Mapping

from flask import current_app

from mailer.chains import Key, key_of


def chain_key() -> Key:
    """The key of what is linked now."""
    return _own(current_app.config["LEDGER_KEY"])


def chain_keys() -> Mapping[str, Key]:
    """Every key that links may have been hashed with, by its name."""
    secrets = [*current_app.config["LEDGER_KEYS_OLD"], current_app.config["LEDGER_KEY"]]
    return {key.id: key for key in map(_own, secrets)}


def _own(secret: str) -> Key:
    return key_of(hmac.digest(secret.encode(), b"audit chain", "sha256").hex())
