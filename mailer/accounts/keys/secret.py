"""The secret of a key: a prefix that scanners of code know, then 256 bits that nobody guesses."""

import hashlib
import re
import secrets

PREFIX = "mlr_live_"
RANDOM_BYTES = 32
SHAPE = re.compile(rf"{PREFIX}[\w-]{{43}}", re.ASCII)
# So much of it is shown later, to tell one key from another.
SHOWN = len(PREFIX) + 4


def new() -> str:
    """A secret that nothing opens yet."""
    return PREFIX + secrets.token_urlsafe(RANDOM_BYTES)


def digest(secret: str) -> str:
    """What is stored of it: of so much chance, one plain hash suffices (ASVS 5.0, 11.4.1)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_one(text: str) -> bool:
    """Whether the text could be a secret of ours."""
    return SHAPE.fullmatch(text) is not None
