"""Signatures by which a domain answers for a mail (DKIM: RFC 6376, and RFC 8463 for Ed25519).

Header and body are both signed relaxed, so that a relay may fold a field again or drop spaces at
the end of a line. No l= is written: with it, anybody could add to the end of a signed mail.
"""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from mailer.mail import headers

Private = RSAPrivateKey | Ed25519PrivateKey

CRLF = b"\r\n"
# What a reader sees or a mailbox provider acts on; both of the last but one by RFC 8058, 4.
COVERED = (
    b"from",
    b"subject",
    b"to",
    b"reply-to",
    b"date",
    b"message-id",
    b"mime-version",
    b"content-type",
    b"content-transfer-encoding",
    b"list-id",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
    b"feedback-id",
)
# Named once more than they stand there: a second one, added on the way, breaks the signature.
OVERSIGNED = frozenset({b"from", b"subject"})

# Base64 on a line of its own, below the 76 of the other fields.
PIECE = 72

PADDING, HASH = PKCS1v15(), SHA256()


@dataclass(frozen=True)
class Key:
    """A key, and where its public half stands: `selector`._domainkey.`domain`."""

    domain: str
    selector: str
    private: Private

    @property
    def algorithm(self) -> str:
        """Its name, without the hash (RFC 6376, 3.6.1; RFC 8463, 4)."""
        return "rsa" if isinstance(self.private, RSAPrivateKey) else "ed25519"

    def seal(self, data: bytes) -> bytes:
        """The signature of the data: Ed25519 signs their digest (RFC 8463, 3)."""
        if isinstance(self.private, RSAPrivateKey):
            return self.private.sign(data, PADDING, HASH)
        return self.private.sign(sha256(data).digest())


def signed(content: bytes, keys: Iterable[Key], at: datetime) -> bytes:
    """The same bytes below one signature by each key."""
    head, _, body = content.partition(CRLF + CRLF)
    return _signed(content, head, relaxed_body(body), keys, at)


def signed_as_it_is(content: bytes, keys: Iterable[Key], at: datetime) -> bytes:
    """The same for a mail whose body is in its relaxed form already: it is only hashed."""
    end = content.index(CRLF + CRLF)
    body = memoryview(content)[end + len(CRLF + CRLF) :]
    return _signed(content, content[:end], body, keys, at)


def _signed(
    content: bytes, head: bytes, body: bytes | memoryview, keys: Iterable[Key], at: datetime
) -> bytes:
    fields = relaxed_fields(head)
    chosen = covered(tuple([name for name, _ in fields]))
    digest = b64encode(sha256(body).digest())
    data = b"".join([b"%b:%b\r\n" % fields[place] for place in chosen.places])
    second = int(at.timestamp())
    signatures = [_signature(key, second, chosen.names, digest, data) for key in keys]
    return b"".join((*signatures, content))


def _signature(key: Key, second: int, names: str, digest: bytes, data: bytes) -> bytes:
    written, value = _opening(key.algorithm, key.domain, key.selector, second, names)
    # Folded at its single spaces alone, so that this is already its relaxed form (3.7).
    seal = b64encode(key.seal(b"%bdkim-signature:%b bh=%b; b=" % (data, value, digest)))
    pieces = [seal[start : start + PIECE] for start in range(0, len(seal), PIECE)]
    return b"%b bh=%b;\r\n b=%b\r\n" % (written, digest, b"\r\n ".join(pieces))


@lru_cache(maxsize=16)
def _opening(
    algorithm: str, domain: str, selector: str, second: int, names: str
) -> tuple[bytes, bytes]:
    """What all signatures of that key and second begin with: as it is written, and its value."""
    value = (
        f"v=1; a={algorithm}-sha256; c=relaxed/relaxed; d={domain}; s={selector}; t={second};"
        f" h={names};"
    )
    return headers.serialise([("DKIM-Signature", value)]), value.encode()


@dataclass(frozen=True)
class Covered:
    """Which fields are signed: the names for h=, and the places of those that are there."""

    names: str
    places: tuple[int, ...]


# The mails of a campaign have the same fields in the same order.
@lru_cache(maxsize=64)
def covered(present: tuple[bytes, ...]) -> Covered:
    """Each name as often as it stands there, the oversigned once more; the last field first.

    RFC 6376, 5.4.2. A name without a field left stands for nothing (3.5).
    """
    names: list[str] = []
    places: list[int] = []
    for name in COVERED:
        found = [place for place, other in enumerate(present) if other == name]
        names += [name.decode()] * (len(found) + (name in OVERSIGNED))
        places += reversed(found)
    return Covered(": ".join(names), tuple(places))


def relaxed_fields(head: bytes) -> list[tuple[bytes, bytes]]:
    """The names and values of all fields as they are signed (3.4.2)."""
    unfolded = head.replace(CRLF + b" ", b" ").replace(CRLF + b"\t", b" ")
    fields = []
    for field in _with_single_spaces(unfolded).split(CRLF):
        name, _, value = field.partition(b":")
        fields.append((name.rstrip(b" ").lower(), value.strip(b" ")))
    return fields


def relaxed_body(body: bytes) -> bytes:
    """The body as it is hashed (3.4.4): no space ends a line, no empty line ends it."""
    body = _with_single_spaces(body).replace(b" " + CRLF, CRLF).removesuffix(b" ")
    end = len(body)
    while body.endswith(CRLF, 0, end):
        end -= len(CRLF)
    return body[:end] + CRLF if end else b""


def _with_single_spaces(text: bytes) -> bytes:
    """The text with one space for each run of them and of tabs."""
    # Four times as fast as a regular expression.
    text = text.replace(b"\t", b" ")
    while b"  " in text:
        text = text.replace(b"  ", b" ")
    return text
