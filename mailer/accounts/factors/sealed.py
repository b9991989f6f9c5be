"""What is kept readable by us alone: AES-256-GCM under a key derived from the signing keys.

The newest signing key seals; all of them open, so that a key that was replaced loses nothing for
as long as it is listed.
"""

import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mailer.errors import Invalid

KEY_BYTES = 32
# As NIST SP 800-38D asks of a random one.
NONCE_BYTES = 12


def seal(content: bytes, keys: Sequence[str], bound_to: str) -> bytes:
    """The content under the newest key, good for that use and that owner alone."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_derived(keys[-1])).encrypt(nonce, content, bound_to.encode())


def unseal(sealed: bytes, keys: Sequence[str], bound_to: str) -> bytes:
    """The content; Invalid for a key that is gone, another owner or a changed ciphertext."""
    nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    for key in reversed(keys):
        try:
            return AESGCM(_derived(key)).decrypt(nonce, ciphertext, bound_to.encode())
        except (InvalidTag, ValueError):
            continue
    raise Invalid("sealed")


def _derived(key: str) -> bytes:
    # RFC 5869: a key of its own for this end, from a secret that serves others too.
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"mailer factors").derive(key.encode())
