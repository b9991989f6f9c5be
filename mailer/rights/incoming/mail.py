"""A mail as it came, read for a person: who says to write, about what, in which words.

bytes → Mail. What it says of its sender proves nothing: anyone can write any name there.
"""

import email
import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from enum import StrEnum

from mailer import addresses
from mailer.errors import Invalid
from mailer.mail import quoting
from mailer.rights.incoming import parts
from mailer.rights.incoming.parts import Attachment

LONGEST_SUBJECT = 300
LONGEST_FIELD = 2000
MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
# Of the cases (operations.next_reference).
REFERENCE = re.compile(r"\bDR-\d{4}-\d{4,9}\b", re.IGNORECASE)
BULK = frozenset({"bulk", "list", "junk"})
# What the library lets out on a mail that is made to break it: parts nested by the hundred,
# parameters numbered with thousands of digits.
BROKEN = (RecursionError, ValueError, LookupError, TypeError, AttributeError)


class Ignored(StrEnum):
    """Why a mail is put aside without anyone's reading; each can be taken back."""

    OWN = "own"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    LIST = "list"


class Unreadable(Invalid):
    """The bytes are no mail that can be taken apart."""


@dataclass(frozen=True)
class Mail:
    """What a reader needs of it; `digest` is the same for the same mail in two mailboxes."""

    digest: str
    message_id: str = ""
    # The address that it says it comes from; empty when that is none.
    sender: str = ""
    subject: str = ""
    text: str = ""
    quoted: str = ""
    sent_at: datetime | None = None
    # The mails that it answers, and the cases that its subject names.
    answers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    ignored: Ignored | None = None
    attachments: tuple[Attachment, ...] = ()


def read(content: bytes, own: Collection[str]) -> Mail:
    """The mail; `own` are the addresses that we write from, normalised. Raises Unreadable."""
    try:
        return _read(content, own)
    except BROKEN:
        raise Unreadable("mail") from None


def _read(content: bytes, own: Collection[str]) -> Mail:
    message = email.message_from_bytes(content)
    sender, said = _sender(message), quoting.split(parts.readable(message))
    subject = parts.field(message, "Subject", LONGEST_SUBJECT)
    message_id = _first(_ids(message, "Message-ID"))
    return Mail(
        digest=_digest(message_id.encode() or content, sender, subject, said.own, said.quoted),
        message_id=message_id,
        sender=sender,
        subject=subject,
        text=said.own,
        quoted=said.quoted,
        sent_at=_date(message),
        answers=(*_ids(message, "In-Reply-To"), *_ids(message, "References")),
        references=tuple(dict.fromkeys(r.upper() for r in REFERENCE.findall(subject))),
        ignored=_ignored(message, sender, own),
        attachments=parts.attachments(message),
    )


def unread(content: bytes, place: str) -> Mail:
    """A mail of which nothing could be read but that it is there; `place` tells two such apart."""
    return Mail(digest=_digest(content, place))


def attachment(content: bytes, number: int) -> bytes | None:
    """The bytes of that part; None when there is none."""
    try:
        found = dict(parts.numbered(email.message_from_bytes(content)))
        return parts.content(found[number]) if number in found else None
    except BROKEN:
        return None


def _digest(*said: bytes | str) -> str:
    known = hashlib.sha256()
    for each in said:
        known.update(hashlib.sha256(each.encode() if isinstance(each, str) else each).digest())
    return known.hexdigest()


def _sender(message: Message) -> str:
    """The first address of From that can exist."""
    # Not decoded: an encoded name could hold what looks like another address.
    for _name, address in getaddresses([parts.raw_field(message, "From")[:LONGEST_FIELD]]):
        try:
            return addresses.parse(address).display
        except Invalid:
            continue
    return ""


def _ids(message: Message, name: str) -> list[str]:
    return MESSAGE_ID.findall(parts.field(message, name, LONGEST_FIELD))


def _first(found: list[str]) -> str:
    return found[0] if found else ""


def _date(message: Message) -> datetime | None:
    try:
        said = parsedate_to_datetime(parts.field(message, "Date", LONGEST_FIELD))
        return (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _ignored(message: Message, sender: str, own: Collection[str]) -> Ignored | None:
    """The first reason that holds; a mail of ours may also be an automatic one."""
    reasons = {
        Ignored.OWN: bool(sender) and addresses.parse(sender).normalised in own,
        Ignored.BOUNCE: _is_bounce(message, sender),
        Ignored.AUTOMATIC: _is_automatic(message),
        Ignored.LIST: _is_list(message),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _is_bounce(message: Message, sender: str) -> bool:
    """A report on a mail (RFC 3464), or what goes back to nobody, as such reports do (RFC 5321)."""
    is_report = message.get_content_type() == "multipart/report"
    is_from_daemon = sender.lower().startswith("mailer-daemon@")
    return is_report or is_from_daemon or parts.raw_field(message, "Return-Path").strip() == "<>"


def _is_automatic(message: Message) -> bool:
    """Written by a program, or by a person's absence (RFC 3834, and what came before it)."""
    submitted = parts.field(message, "Auto-Submitted", LONGEST_FIELD).lower()
    said = bool(submitted) and not submitted.startswith("no")
    return said or "X-Autoreply" in message or _precedence(message) == "auto_reply"


def _is_list(message: Message) -> bool:
    """Sent to many (RFC 2919, 2369)."""
    is_listed = "List-Id" in message or "List-Unsubscribe" in message
    return is_listed or _precedence(message) in BULK


def _precedence(message: Message) -> str:
    return parts.field(message, "Precedence", LONGEST_FIELD).lower()
