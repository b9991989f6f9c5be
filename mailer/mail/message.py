"""A mail to one person, and its bytes: RFC 5322, text and HTML, seven bits, CRLF."""

import hashlib
import re
from binascii import b2a_qp
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from mailer.clock import PARIS
from mailer.mail import headers
from mailer.mail.headers import Pair


@dataclass(frozen=True)
class Message:
    """All that is needed to write the mail, now or in an hour, with the same bytes."""

    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    message_id: str
    date: datetime
    return_path: str
    headers: tuple[Pair, ...] = ()

    def to_bytes(self) -> bytes:
        """The mail; raises Invalid when a header cannot hold what it was given."""
        fields = (
            *origin_fields(self.sender, self.recipient, self.subject),
            *identity_fields(self.message_id, self.date),
            *self.headers,
        )
        return headers.serialise(fields) + self._body()

    def _body(self) -> bytes:
        # "=_" never occurs in quoted-printable, so no content can close a part (RFC 2045, 6.7).
        boundary = f"=_{hashlib.sha256(self.message_id.encode()).hexdigest()[:32]}"
        fields = mime_fields(f'multipart/alternative; boundary="{boundary}"')
        opening, closing = f"--{boundary}\r\n".encode(), f"--{boundary}--\r\n".encode()
        parts = _part("plain", self.text), _part("html", self.html)
        return headers.serialise(fields) + b"\r\n" + opening + opening.join(parts) + closing


def origin_fields(sender: str, recipient: str, subject: str) -> tuple[Pair, ...]:
    """Who writes to whom about what."""
    return ("From", sender), ("To", recipient), ("Subject", subject)


def identity_fields(message_id: str, date: datetime) -> tuple[Pair, ...]:
    """Which mail this is, and when it was written, in the zone of the house."""
    return ("Message-ID", message_id), ("Date", format_datetime(date.astimezone(PARIS)))


def mime_fields(content_type: str) -> tuple[Pair, ...]:
    """The fields that announce a body of that type."""
    return ("MIME-Version", "1.0"), ("Content-Type", content_type)


def _part(kind: str, text: str) -> bytes:
    lines = re.sub(r"\r\n?", "\n", text).rstrip("\n") + "\n"
    return (
        f"Content-Type: text/{kind}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode() + b2a_qp(lines.encode()).replace(b"\n", b"\r\n")
