"""The secrets of the ledger: the keys of its chain, and the peppers of the fingerprints.

The newest is used for what is new; the older ones are kept for what was made under them.
"""

from collections.abc import Mapping

from flask import current_app

from mailer.chains import Key, key_of


def chain_key() -> Key:
    """The key of events that are added now."""
    return key_of(current_app.config["LEDGER_KEY"])


def chain_keys() -> Mapping[str, Key]:
    """Every key that events may have been hashed with, by its name."""
    secrets = [*current_app.config["LEDGER_KEYS_OLD"], current_app.config["LEDGER_KEY"]]
    return {key.id: key for key in map(key_of, secrets)}


def peppers() -> list[str]:
    """Every key of fingerprints, the one for new addresses first."""
    config = current_app.config
    return [config["FINGERPRINT_KEY"], *reversed(config["FINGERPRINT_KEYS_OLD"])]
