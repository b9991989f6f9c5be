"""Reading a mailbox over POP3 (RFC 1939, 2449, 2595): the one place that speaks it.

Not the library's client, which gives up at a line of more than 2,048 octets, as reports bring back.
"""

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from mailer.clock import now
from mailer.mail.imap import (
    SECONDS,
    Arrived,
    Mailbox,
    RefusedError,
    UnreachableError,
    UnreadableError,
)

LONGEST_ANSWER = 10_000
PIECE = 65_536
# RFC 1939, 7: 1 to 70 printable characters.
LISTED = re.compile(rb"([0-9]{1,9}) ([!-~]{1,70})")


@dataclass(frozen=True)
class Listed:
    """A mail as it lies there: its number in this session, and its name for life."""

    number: int
    uidl: str


class Session:
    """A mailbox that is open; what is deleted goes when it is left in good order."""

    def __init__(self, connection: socket.socket, mailbox: Mailbox) -> None:
        self._connection = connection
        self._file: BinaryIO = connection.makefile("rb")
        self._mailbox = mailbox

    def greet(self) -> None:
        """Hear that the server is ready."""
        self._line()

    def encrypt(self, verified: ssl.SSLContext) -> None:
        """Go on encrypted, or not at all (RFC 2595, 4)."""
        self.command("STLS")
        self._connection = verified.wrap_socket(
            self._connection, server_hostname=self._mailbox.host
        )
        self._file = self._connection.makefile("rb")

    def mails(self) -> list[Listed]:
        """The mails, in the order of the mailbox."""
        with _translated():
            self.command("UIDL")
            found = (LISTED.match(line) for line in self._lines())
            return [Listed(int(each[1]), each[2].decode()) for each in found if each]

    def fetch(self, number: int) -> Arrived:
        """The mail, up to the ceiling; raises UnreadableError when the server will not give it."""
        with _translated():
            try:
                self.command(f"RETR {number}")
            except RefusedError:
                raise UnreadableError from None
            kept, size = bytearray(), 0
            for line in self._lines():
                size += len(line)
                kept += line[: max(0, self._mailbox.most_bytes - len(kept))]
        return Arrived(number, now(), size, bytes(kept))

    def delete(self, number: int) -> bool:
        """Let the mail go once the session ends; whether the server will."""
        with _translated():
            try:
                self.command(f"DELE {number}")
            except RefusedError:
                return False
        return True

    def leave(self) -> None:
        """End in good order: only now the server deletes (RFC 1939, 6)."""
        with _translated():
            self.command("QUIT")

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self._connection.close()

    def command(self, text: str) -> None:
        """Say it and be answered well."""
        self._connection.sendall(f"{text}\r\n".encode())
        self._line()

    def _line(self) -> None:
        answer = self._file.readline(LONGEST_ANSWER)
        if not answer.startswith(b"+OK"):
            raise RefusedError("refused") if answer else ConnectionResetError

    def _lines(self) -> Iterator[bytes]:
        """The lines of a long answer, in pieces where one has no end (RFC 1939, 3)."""
        is_start = True
        while (line := self._file.readline(PIECE)) != b".\r\n" or not is_start:
            if not line:
                raise ConnectionResetError
            yield line[1:] if is_start and line.startswith(b".") else line
            is_start = line.endswith(b"\n")


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[Session]:
    """The mailbox, open; raises UnreachableError, and never falls back to plain text."""
    verified = ssl.create_default_context(cafile=mailbox.certificates)
    with _translated():
        session = Session(_connected(mailbox, verified), mailbox)
    try:
        with _translated():
            session.greet()
            if mailbox.security == "starttls":
                session.encrypt(verified)
            session.command(f"USER {mailbox.user}")
            session.command(f"PASS {mailbox.password}")
        yield session
        session.leave()
    finally:
        session.close()


def _connected(mailbox: Mailbox, verified: ssl.SSLContext) -> socket.socket:
    connection = socket.create_connection((mailbox.host, mailbox.port), SECONDS)
    if mailbox.security != "tls":
        return connection
    try:
        return verified.wrap_socket(connection, server_hostname=mailbox.host)
    except OSError:
        connection.close()
        raise


@contextmanager
def _translated() -> Iterator[None]:
    """Let whatever the network or the server does wrong be one kind of error, without its words."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        raise UnreachableError(type(error).__name__) from None
