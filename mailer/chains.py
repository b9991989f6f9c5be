"""What a chain is made of: keys, heads, and a keyed hash over each link and the one before.

Whoever has the database and not the key can neither change, take away nor add a link unseen.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

from mailer.keyed import keyed

KEY_ID_LENGTH = 12


@dataclass(frozen=True)
class Key:
    """A chain key, and the name by which rows tell under which key they were hashed."""

    id: str
    secret: bytes


@dataclass(frozen=True)
class Head:
    """Where a chain stands: the number and the hash of its last link."""

    seq: int
    hash: str


START = Head(0, "0" * 64)


def key_of(secret: str) -> Key:
    """The key with its name, which says nothing of the secret."""
    named = hmac.digest(secret.encode(), b"ledger key id", "sha256").hex()
    return Key(named[:KEY_ID_LENGTH], secret.encode())


def instant(at: datetime) -> str:
    """The one text of a time: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def hash_of(text: str, key: Key) -> str:
    """What nobody can compute without the key."""
    return keyed(key.secret).hex(text.encode())
