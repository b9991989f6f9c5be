"""What is kept readable by us alone: AES-256-GCM under a key derived from the signing keys.

The newest signing key seals; all of them open, so that a key that was replaced loses nothing for
as long as it is listed.
"""

from collections.abc import Sequence

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mailer import aead
from mailer.errors import Invalid


def seal(content: bytes, keys: Sequence[str], bound_to: str) -> bytes:
    """The content under the newest key, good for that use and that owner alone."""
    return aead.seal(content, _derived(keys[-1]), bound_to)


def unseal(sealed: bytes, keys: Sequence[str], bound_to: str) -> bytes:
    """The content; Invalid for a key that is gone, another owner or a changed ciphertext."""
    for key in reversed(keys):
        try:
            return aead.unseal(sealed, _derived(key), bound_to)
        except Invalid:
            continue
    raise Invalid("sealed")


def _derived(key: str) -> bytes:
    # RFC 5869: a key of its own for this end, from a secret that serves others too.
    derived = HKDF(SHA256(), aead.KEY_BYTES, salt=None, info=b"mailer factors")
    return derived.derive(key.encode())
