"""The demo's own mailbox: a folder with one file for each captured mail."""

import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import cached_property
from itertools import islice, takewhile
from pathlib import Path

from mailer.clock import now
from mailer.errors import NotFound

# Sorts by time, and stands in an address as it is.
STAMP = "%Y%m%dT%H%M%S%f"
# What stands above a mail: first where it goes back to, then whom it was for.
TRACE = (b"Return-Path:", b"Delivered-To:")
KEY = re.compile(r"[0-9T]{21}-[0-9a-f]{6}")


@dataclass(frozen=True)
class Captured:
    """A mail as it arrived, below the two trace fields that a mailbox adds (RFC 5321, 4.4)."""

    key: str
    source: bytes

    @property
    def at(self) -> datetime:
        return datetime.strptime(self.key.partition("-")[0], STAMP).replace(tzinfo=UTC)

    @cached_property
    def message(self) -> EmailMessage:
        return BytesParser(policy=policy.default).parsebytes(self.source)

    def body(self, kind: str) -> str:
        """The part of that kind, "html" or "plain"; empty when the mail has none."""
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


class Mailbox:
    """A folder of captured mails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def save(self, content: bytes, sender: str, recipients: Sequence[str]) -> str:
        """Keep a mail, whole or not at all; returns its key."""
        key = f"{now().strftime(STAMP)}-{secrets.token_hex(3)}"
        trace = [f"Return-Path: <{sender}>", *(f"Delivered-To: {to}" for to in recipients)]
        unfinished = self.folder / f"{key}.part"
        unfinished.write_bytes("".join(f"{line}\r\n" for line in trace).encode() + content)
        unfinished.rename(self._path(key))
        return key

    def newest(self, limit: int, before: str | None = None, to: str = "") -> list[Captured]:
        """The latest mails, or the latest before that key; to an address with those letters."""
        keys = sorted((path.stem for path in self.folder.glob("*.eml")), reverse=True)
        older = (key for key in keys if before is None or key < before)
        theirs = (key for key in older if not to or self._is_to(key, to))
        return [self.read(key) for key in islice(theirs, limit)]

    def _is_to(self, key: str, part: str) -> bool:
        """Whether the trace above the mail has those letters."""
        with self._path(key).open("rb") as lines:
            trace = list(takewhile(_is_trace, lines))
        return any(part.lower().encode() in line.lower() for line in trace[1:])

    def read(self, key: str) -> Captured:
        """The mail of that key; NotFound when there is none."""
        if KEY.fullmatch(key):
            with suppress(FileNotFoundError):
                return Captured(key, self._path(key).read_bytes())
        raise NotFound("mail")

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.eml"


def _is_trace(line: bytes) -> bool:
    return line.startswith(TRACE)
