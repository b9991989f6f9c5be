"""What only the key of one person opens: destroying the key is erasing what was sealed with it."""

import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mailer.canonical import canonical
from mailer.errors import Invalid

KEY_BYTES = 32
# As NIST SP 800-38D asks of a random one; a person's key seals far fewer than 2**32 events.
NONCE_BYTES = 12


def new_key() -> bytes:
    """A key for one person."""
    return secrets.token_bytes(KEY_BYTES)


def seal(content: dict[str, str], key: bytes, bound_to: str) -> bytes | None:
    """The content under the key, good for that one event; nothing for no content."""
    filled = {name: value for name, value in content.items() if value}
    if not filled:
        return None
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, canonical(filled).encode(), bound_to.encode())


def unseal(sealed: bytes, key: bytes, bound_to: str) -> dict[str, str]:
    """The content; raises Invalid for another key, another event or a changed ciphertext."""
    nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        plain = AESGCM(key).decrypt(nonce, ciphertext, bound_to.encode())
    except InvalidTag:
        raise Invalid("sealed") from None
    content: dict[str, str] = json.loads(plain)
    return content
