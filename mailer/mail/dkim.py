"""Signatures by which a domain answers for a mail (DKIM: RFC 6376, and RFC 8463 for Ed25519).

Header and body are both signed relaxed, so that a relay may fold a field again or drop spaces at
the end of a line. No l= is written: with it, anybody could add to the end of a signed mail.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
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

END_OF_FIELD = re.compile(rb"\r\n(?![ \t])")
SPACES = re.compile(rb"[ \t]+")


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
            return self.private.sign(data, PKCS1v15(), SHA256())
        return self.private.sign(sha256(data).digest())


def signed(content: bytes, keys: Iterable[Key], at: datetime) -> bytes:
    """The same bytes below one signature by each key."""
    head, _, body = content.partition(CRLF + CRLF)
    fields = END_OF_FIELD.split(head)
    names = covered(fields)
    known = (
        f"t={int(at.timestamp())}; h={': '.join(name.decode() for name in names)};"
        f" bh={b64encode(sha256(relaxed_body(body)).digest()).decode()}; b="
    )
    data = relaxed_fields(fields, names)
    return b"".join(_signature(key, known, data) for key in keys) + content


def _signature(key: Key, known: str, data: bytes) -> bytes:
    value = (
        f"v=1; a={key.algorithm}-sha256; c=relaxed/relaxed;"
        f" d={key.domain}; s={key.selector}; {known}"
    )
    # Single spaces, at which alone it is folded: this is already its relaxed form (3.7).
    seal = b64encode(key.seal(data + f"dkim-signature:{value}".encode())).decode()
    pieces = (seal[start : start + PIECE] for start in range(0, len(seal), PIECE))
    return headers.serialise([("DKIM-Signature", value + " ".join(pieces))])


def covered(fields: Sequence[bytes]) -> list[bytes]:
    """The names for h=: each as often as it stands there, and the oversigned once more."""
    present = [_name(field) for field in fields]
    return [name for name in COVERED for _ in range(present.count(name) + (name in OVERSIGNED))]


def relaxed_fields(fields: Sequence[bytes], names: Iterable[bytes]) -> bytes:
    """The named fields as they are signed, of those that stand twice the last first (3.4.2, 5.4.2).

    A name without a field left stands for nothing.
    """
    left: dict[bytes, list[bytes]] = {}
    for field in fields:
        left.setdefault(_name(field), []).append(field)
    return b"".join(_relaxed(left[name].pop()) for name in names if left.get(name))


def _name(field: bytes) -> bytes:
    return field.partition(b":")[0].rstrip(b" \t").lower()


def _relaxed(field: bytes) -> bytes:
    value = field.partition(b":")[2].replace(CRLF, b"")
    return _name(field) + b":" + SPACES.sub(b" ", value).strip(b" ") + CRLF


def relaxed_body(body: bytes) -> bytes:
    """The body as it is hashed (3.4.4): no space ends a line, no empty line ends it."""
    # Most bodies, in quoted-printable, hold nothing to shrink: looking is cheaper than replacing.
    if b"\t" in body or b"  " in body:
        body = SPACES.sub(b" ", body)
    body = body.replace(b" " + CRLF, CRLF).removesuffix(b" ")
    end = len(body)
    while body.endswith(CRLF, 0, end):
        end -= len(CRLF)
    return body[:end] + CRLF if end else b""
