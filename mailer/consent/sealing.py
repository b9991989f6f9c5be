"""What only the key of one person opens: destroying the key is erasing what was sealed with it."""

import json
import secrets

from mailer import aead
from mailer.canonical import canonical


def new_key() -> bytes:
    """A key for one person."""
    return secrets.token_bytes(aead.KEY_BYTES)


def seal(content: dict[str, str], key: bytes, bound_to: str) -> bytes | None:
    """The content under the key, good for that one event; nothing for no content."""
    filled = {name: value for name, value in content.items() if value}
    if not filled:
        return None
    # A person's key seals far fewer than the 2**32 events that random nonces allow.
    return aead.seal(canonical(filled).encode(), key, bound_to)


def unseal(sealed: bytes, key: bytes, bound_to: str) -> dict[str, str]:
    """The content; raises Invalid for another key, another event or a changed ciphertext."""
    content: dict[str, str] = json.loads(aead.unseal(sealed, key, bound_to))
    return content
