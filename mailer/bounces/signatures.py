"""Whether a request comes from the service that it says: secrets, signatures, freshness."""

import binascii
import hmac
from base64 import b64decode
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

# As long as the most patient of the services tries to tell us (SendGrid).
FRESH = timedelta(hours=24)


def is_login(authorization: str, logins: Iterable[str]) -> bool:
    """Whether the field holds one of these "user:password" (RFC 7617)."""
    scheme, _, value = authorization.partition(" ")
    return scheme.lower() == "basic" and _is_one_of(_decoded(value), logins)


def is_token(authorization: str, tokens: Iterable[str]) -> bool:
    """Whether the field holds one of these tokens (RFC 6750)."""
    scheme, _, value = authorization.partition(" ")
    return scheme.lower() == "bearer" and _is_one_of(value.strip().encode(), tokens)


def is_hmac(message: str, signature: str, keys: Iterable[str]) -> bool:
    """Whether it is the HMAC-SHA-256 of the message, in hexadecimal, under one of the keys."""
    made = [hmac.digest(key.encode(), message.encode(), "sha256").hex() for key in keys]
    return _is_one_of(signature.encode(), made)


def is_ecdsa(message: bytes, signature: str, keys: Iterable[str]) -> bool:
    """Whether it is the ECDSA signature with SHA-256 by one of the public keys (DER, Base64)."""
    given = _decoded(signature)
    return any(_is_by(key, given, message) for key in keys)


def is_fresh(timestamp: str, at: datetime) -> bool:
    """Whether the signed time is near enough; one that is no number leaves it to the signature."""
    try:
        said = datetime.fromtimestamp(float(timestamp), UTC)
    except (ValueError, OverflowError, OSError):
        return True
    return abs(at - said) <= FRESH


def _is_one_of(given: bytes, expected: Iterable[str]) -> bool:
    found = [hmac.compare_digest(given, each.encode()) for each in expected]
    # Only once every one is compared: the time does not tell which came near.
    return any(found)


def _is_by(key: str, signature: bytes, message: bytes) -> bool:
    public = public_key(key)
    if public is None:
        return False
    try:
        public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def public_key(text: str) -> ec.EllipticCurvePublicKey | None:
    """The elliptic-curve key in the text; None when there is none."""
    try:
        found = load_der_public_key(b64decode(text, validate=True))
    except ValueError:
        return None
    return found if isinstance(found, ec.EllipticCurvePublicKey) else None


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text.strip(), validate=True)
    except (ValueError, binascii.Error):
        return b""
