"""Passphrases: argon2id, with the parameters of RFC 9106, section 4, second choice."""

from collections.abc import Iterable
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from mailer.accounts import guesses
from mailer.accounts.guesses import Fault
from mailer.errors import Invalid

# ANSSI's guide on passwords (2021) and OWASP ASVS 6.2.1: length, not composition.
SHORTEST = 14
LONGEST = 256

_hasher = PasswordHasher()

# Of a secret that nobody kept: an unknown address costs the same time as a known one.
DUMMY = (
    "$argon2id$v=19$m=65536,t=3,p=4$63kB3zScJxt0TQlj724A6w$"
    "FfdLTpWcYYwJKWjekPEASZy4GvTByjWjfT2N8f5AlD0"
)


def _one_form(text: str) -> str:
    """The same bytes for é, whichever keyboard makes it (NIST SP 800-63B, 3.1.1.2)."""
    return normalize("NFKC", text)


def hashed(passphrase: str) -> str:
    """Its argon2id hash; raises Invalid when it is too short or too long."""
    passphrase = _one_form(passphrase)
    if not SHORTEST <= len(passphrase) <= LONGEST:
        raise Invalid("passphrase")
    return _hasher.hash(passphrase)


def fault(passphrase: str, known: Iterable[str]) -> Fault | None:
    """What is wrong with the choice, for an owner and an office of whom those words are known."""
    passphrase = _one_form(passphrase)
    if len(passphrase) < SHORTEST:
        return Fault.SHORT
    if len(passphrase) > LONGEST:
        return Fault.LONG
    return guesses.fault(passphrase, known)


def match(known: str | None, typed: str) -> bool:
    """Whether the passphrase is the one of the hash; never without a hash, in the same time."""
    try:
        _hasher.verify(known or DUMMY, _one_form(typed)[:LONGEST])
    except VerifyMismatchError:
        return False
    return known is not None
