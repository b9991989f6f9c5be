"""The signature of what is sent (Standard Webhooks 1.0.0): who has the secret knows it is ours."""

import hmac
import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence

PREFIX = "whsec_"
SECRET_BYTES = 32
# 24 to 64 bytes, as the standard has it.
SHAPE = re.compile(rf"{PREFIX}[A-Za-z0-9+/]{{32,86}}={{0,2}}")


def new_secret() -> str:
    """A secret, as its receiver is given it."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def is_secret(text: str) -> bool:
    """Whether it can be one: whole base64 of 24 to 64 bytes."""
    if SHAPE.fullmatch(text) is None:
        return False
    encoded = text.removeprefix(PREFIX)
    return len(encoded) % 4 == 0 and 24 <= len(b64decode(encoded)) <= 64  # noqa: PLR2004 - above


def signature(secret: str, uid: str, timestamp: int, body: bytes) -> str:
    """The signature under one secret: `v1,<base64>`."""
    signed = f"{uid}.{timestamp}.".encode() + body
    key = b64decode(secret.removeprefix(PREFIX))
    return f"v1,{b64encode(hmac.digest(key, signed, 'sha256')).decode()}"


def headers(keys: Sequence[str], uid: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What goes with the body; while a secret is replaced, a signature under each of both."""
    return {
        "webhook-id": uid,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(key, uid, timestamp, body) for key in keys),
    }
