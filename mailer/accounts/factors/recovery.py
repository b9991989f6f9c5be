"""Recovery codes: for the day on which the telephone is lost. Ten of them, each good once.

A code holds 60 bits, which is little enough to be typed and too little for a plain digest (OWASP
ASVS 5.0, 6.5.2): what is kept is argon2id under a salt of the set, so that trying costs one hash.
"""

import hmac
import secrets
from collections.abc import Iterable

from argon2.low_level import Type, hash_secret_raw

CODES = 10
GROUPS, GROUP = 3, 4
# Crockford's base32: no letter that is read as a digit.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("OIL", "011")
SALT_BYTES = 16
# OWASP's second choice for argon2id: what is hashed here is random already.
MEMORY_KIB, ROUNDS, LANES, HASH_BYTES = 19_456, 2, 1, 32


def new_codes() -> list[str]:
    """Ten codes nobody has seen, in groups of four."""
    return ["-".join(_group() for _ in range(GROUPS)) for _ in range(CODES)]


def _group() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(GROUP))


def new_salt() -> bytes:
    """The salt of one set of codes."""
    return secrets.token_bytes(SALT_BYTES)


def digest(code: str, salt: bytes) -> bytes:
    """What is kept of the code, however it was typed."""
    return hash_secret_raw(
        plain(code).encode(), salt, ROUNDS, MEMORY_KIB, LANES, HASH_BYTES, Type.ID
    )


def plain(typed: str) -> str:
    """The letters and digits of a code alone, with what is often misread put right."""
    kept = "".join(each for each in typed.upper() if each.isalnum())
    return kept.translate(MISREAD)


def is_one(typed: str) -> bool:
    """Whether it has the shape of a recovery code, and not that of an application's."""
    letters = plain(typed)
    return len(letters) == GROUPS * GROUP and set(letters) <= set(LETTERS)


def found(known: Iterable[bytes], tried: bytes) -> int | None:
    """The place of the digest among the known ones, each compared in the same time."""
    places = [place for place, each in enumerate(known) if hmac.compare_digest(each, tried)]
    return places[0] if places else None
