"""Codes of an application on a telephone (TOTP, RFC 6238): six digits, new each 30 seconds."""

import hmac
from datetime import datetime

import pyotp

from mailer.errors import Invalid

STEP_SECONDS = 30
# RFC 6238, 5.2: at most one step for a clock that is not right and for slow fingers.
TOLERANCE = (-1, 0, 1)
GROUP = 4


def new_key() -> str:
    """A key of 160 bits in base32, as RFC 4226 recommends (section 4, R6)."""
    return pyotp.random_base32()


def in_groups(key: str) -> str:
    """The key in groups of four, for typing by hand."""
    return " ".join(key[start : start + GROUP] for start in range(0, len(key), GROUP))


def address(key: str, name: str, issuer: str) -> str:
    """What the QR code holds: the key, and how the application names it."""
    return pyotp.TOTP(key, interval=STEP_SECONDS).provisioning_uri(name=name, issuer_name=issuer)


def step_of(key: str, typed: str, at: datetime, used: int | None) -> int:
    """The step whose code was typed; Invalid for no such code, and for one used or older.

    RFC 6238, 5.2: a code that was accepted is never accepted again.
    """
    digits = "".join(typed.split())
    now = int(at.timestamp()) // STEP_SECONDS
    codes = pyotp.HOTP(key)
    for step in (now + each for each in TOLERANCE):
        fits = hmac.compare_digest(codes.at(step).encode(), digits.encode())
        if fits and (used is None or step > used):
            return step
    raise Invalid("code")
