"""Bytes that one key opens, and only where they belong (AEAD, RFC 5116): AES-256-GCM."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mailer.errors import Invalid

KEY_BYTES = 32
# As NIST SP 800-38D asks of a random one.
NONCE_BYTES = 12


def seal(content: bytes, key: bytes, bound_to: str) -> bytes:
    """The nonce, and the content under the key, good for that name alone."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to.encode())


def unseal(sealed: bytes, key: bytes, bound_to: str) -> bytes:
    """The content; raises Invalid for another key, another name or changed bytes."""
    nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, bound_to.encode())
    except (InvalidTag, ValueError):
        raise Invalid("sealed") from None
