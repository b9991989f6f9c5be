"""The DNS record of a key (RFC 6376, 3.6.1), and its line in a zone file (RFC 1035, 5)."""

from base64 import b64encode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mailer.mail.dkim import Key

# A string of a TXT record has one octet for its length (RFC 1035, 3.3.14).
LONGEST_STRING = 255


def name(key: Key) -> str:
    """Where the record stands."""
    return f"{key.selector}._domainkey.{key.domain}"


def text(key: Key) -> str:
    """What the record says, in one piece."""
    return f"v=DKIM1; k={key.algorithm}; p={b64encode(_public(key.private.public_key())).decode()}"


def line(key: Key) -> str:
    """The record as a line of the zone, its text in strings that are short enough."""
    whole = text(key)
    starts = range(0, len(whole), LONGEST_STRING)
    strings = (f'"{whole[start : start + LONGEST_STRING]}"' for start in starts)
    return f"{name(key)}. IN TXT {' '.join(strings)}"


def _public(key: RSAPublicKey | Ed25519PublicKey) -> bytes:
    """An Ed25519 key stands there bare, an RSA key with its type (RFC 8463, 4.2)."""
    if isinstance(key, RSAPublicKey):
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return key.public_bytes_raw()
