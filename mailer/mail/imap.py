"""Reading a mailbox over IMAP (RFC 2177, 3501, 6851): the one place that speaks it.

Nothing is ever deleted: a mail that was read is flagged as seen, or moved to a folder.
"""

import imaplib
import re
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from select import select
from socket import socket
from time import monotonic

# For each answer of the server, the opening included.
SECONDS = 30
MOST_BYTES = 25_000_000
# A server may end a session that is silent for half an hour (RFC 2177, 3).
SECONDS_OF_IDLE = 28 * 60
SECONDS_WITHOUT_IDLE = 60
# What the answer to it begins with; the library numbers its own otherwise.
IDLE = b"wait "

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ARRIVAL = re.compile(
    rb'INTERNALDATE "([ \d]\d)-([A-Z][a-z]{2})-(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4})"'
)
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class UnreachableError(Exception):
    """The mailbox cannot be read now; it says the kind of fault, never the server's words."""


class RefusedError(UnreachableError):
    """The server is there and says no: to the account, its password, or the folder."""


class UnreadableError(Exception):
    """The server would not give one mail, though it gives others."""


@dataclass(frozen=True)
class Mailbox:
    """One folder of one account, and how it is reached."""

    host: str
    user: str
    port: int = 993
    security: str = "tls"
    password: str = field(default="", repr=False)
    folder: str = "INBOX"
    # Where a mail goes that was read; empty: it stays, flagged as seen.
    done_folder: str = ""
    most_bytes: int = MOST_BYTES
    certificates: str | None = None

    @property
    def name(self) -> str:
        """How the place where reading stopped is remembered."""
        return f"{self.user}@{self.host}/{self.folder}"


@dataclass(frozen=True)
class Arrived:
    """A mail as it lies there: when it reached the mailbox, and its bytes up to the ceiling."""

    uid: int
    at: datetime
    size: int
    content: bytes

    @property
    def is_whole(self) -> bool:
        return len(self.content) >= self.size


class Session:
    """A folder that is open. Between two calls nothing is awaited, and each has a deadline."""

    def __init__(self, client: imaplib.IMAP4, mailbox: Mailbox) -> None:
        self._client = client
        self._mailbox = mailbox
        with _translated():
            if client.select(_quoted(mailbox.folder))[0] != "OK":
                raise imaplib.IMAP4.error("folder")
            # While the first stays as it is, the numbers of mails do; the second is not yet given.
            self.uidvalidity = _number(client, "UIDVALIDITY")
            self.next_uid = _number(client, "UIDNEXT")

    def after(self, uid: int) -> list[int]:
        """The numbers of the mails that came after that one, the oldest first."""
        # The last mail always answers to "*", whatever its number (RFC 3501, 6.4.8).
        return [each for each in self._search("UID", f"{uid + 1}:*") if each > uid]

    def since(self, day: date) -> list[int]:
        """The numbers of the mails that came on that day or later, the oldest first."""
        return self._search("SINCE", f"{day.day}-{MONTHS[day.month - 1]}-{day.year}")

    def _search(self, *criteria: str) -> list[int]:
        with _translated():
            answer = _require(self._client.uid("SEARCH", *criteria))
        return sorted(int(number) for line in answer if line for number in line.split())

    def fetch(self, uid: int) -> Arrived | None:
        """The mail, its flags untouched; None when it is gone.

        Raises UnreadableError when the server gives others and not this one.
        """
        wanted = f"(INTERNALDATE RFC822.SIZE BODY.PEEK[]<0.{self._mailbox.most_bytes}>)"
        with _translated():
            kind, answer = self._client.uid("FETCH", str(uid), wanted)
        if kind != "OK":
            raise UnreadableError
        content = next((each[1] for each in answer if isinstance(each, tuple)), b"")
        said = b" ".join(each[0] if isinstance(each, tuple) else each for each in answer if each)
        # A server may tell of the flags of another mail meanwhile.
        if b"BODY[]" not in said:
            return None
        size = SIZE.search(said)
        return Arrived(uid, _instant(said), int(size[1]) if size else len(content), content)

    def wait(self, is_over: Callable[[], bool]) -> None:
        """Return once the server says anything, or `is_over`; after a while in any case."""
        if "IDLE" not in self._client.capabilities:
            _listen(None, monotonic() + SECONDS_WITHOUT_IDLE, is_over)
            return
        with _translated():
            self._client.send(IDLE + b"IDLE\r\n")
            if self._until(b"+"):
                # What came with the answer itself is found a minute later by who reads anyway.
                _listen(self._client.socket(), monotonic() + SECONDS_OF_IDLE, is_over)
            self._client.send(b"DONE\r\n")
            self._until(IDLE)

    def _until(self, start: bytes) -> bool:
        """Read up to the line that begins so; whether nothing came before it."""
        is_silent = True
        while not (line := self._client.readline()).startswith(start):
            if not line or line.startswith(IDLE):
                raise imaplib.IMAP4.error("idle")
            is_silent = False
        return is_silent

    def settle(self, uid: int) -> bool:
        """Flag the mail as seen, and move it where read mails go; whether the server did."""
        with _translated():
            kind, _ = self._client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
            is_moved = not self._mailbox.done_folder or self._move(uid)
        return kind == "OK" and is_moved

    def _move(self, uid: int) -> bool:
        # Without this word a move is a copy and a deletion, and we delete nothing.
        if "MOVE" not in self._client.capabilities:
            return False
        folder = _quoted(self._mailbox.done_folder)
        if self._client.uid("MOVE", str(uid), folder)[0] == "OK":
            return True
        self._client.create(folder)
        return bool(self._client.uid("MOVE", str(uid), folder)[0] == "OK")


def _listen(connection: socket | None, end: float, is_over: Callable[[], bool]) -> None:
    """Until something can be read there, or the time has come."""
    watched = [connection] if connection else []
    while monotonic() < end and not is_over():
        is_decrypted = isinstance(connection, ssl.SSLSocket) and connection.pending()
        if is_decrypted or select(watched, [], [], 1)[0]:
            return


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[Session]:
    """The folder, open; raises UnreachableError, and never falls back to plain text."""
    with _translated():
        client = _connected(mailbox)
    try:
        with _translated():
            _log_in(client, mailbox)
        yield Session(client, mailbox)
    finally:
        # No CLOSE: it would remove what somebody else flagged as deleted.
        with _forgiven():
            client.logout()


def _connected(mailbox: Mailbox) -> imaplib.IMAP4:
    verified = ssl.create_default_context(cafile=mailbox.certificates)
    if mailbox.security == "tls":
        return imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=verified, timeout=SECONDS)
    client = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=SECONDS)
    if mailbox.security == "starttls":
        try:
            client.starttls(verified)
        except (OSError, imaplib.IMAP4.error):
            client.shutdown()
            raise
    return client


def _log_in(client: imaplib.IMAP4, mailbox: Mailbox) -> None:
    if "AUTH=PLAIN" in client.capabilities:
        said = f"\0{mailbox.user}\0{mailbox.password}".encode()
        client.authenticate("PLAIN", lambda _: said)
    else:
        client.login(mailbox.user, mailbox.password)
    # What is on offer may be told only to who is known.
    client.capabilities = tuple(_require(client.capability())[0].decode("ascii", "replace").split())


@contextmanager
def _translated() -> Iterator[None]:
    """Let whatever the network or the server does wrong be one kind of error, without its words."""
    try:
        yield
    except (OSError, imaplib.IMAP4.abort, UnicodeError) as error:
        raise UnreachableError(type(error).__name__) from None
    except imaplib.IMAP4.error as error:
        raise RefusedError(type(error).__name__) from None


@contextmanager
def _forgiven() -> Iterator[None]:
    """Leave a server that is gone already."""
    try:
        yield
    except (OSError, imaplib.IMAP4.error):
        return


def _require(answer: tuple[str, list[bytes]]) -> list[bytes]:
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(kind)
    return data


def _number(client: imaplib.IMAP4, name: str) -> int:
    """A number that came with the opening of the folder; 0 when none did."""
    (found, *_) = client.response(name)[1]
    return int(found or 0)


def _instant(said: bytes) -> datetime:
    """When the mail reached the mailbox; raises UnreadableError when that is no time."""
    found = ARRIVAL.search(said)
    if found is None:
        raise UnreadableError
    day, month, year, time, east = (part.decode() for part in found.groups())
    try:
        number = MONTHS.index(month) + 1
        return datetime.fromisoformat(f"{year}-{number:02}-{int(day):02}T{time}{east}").astimezone(
            UTC
        )
    except ValueError:
        raise UnreadableError from None


def _quoted(folder: str) -> str:
    """The folder's name as the protocol writes it: modified UTF-7, between quotes (5.1.3)."""
    written = re.sub(r"&|[^\x20-\x7e]+", lambda found: _shifted(found[0]), folder)
    return '"' + re.sub(r'(["\\])', r"\\\1", written) + '"'


def _shifted(text: str) -> str:
    if text == "&":
        return "&-"
    return f"&{b64encode(text.encode('utf-16-be')).decode().rstrip('=').replace('/', ',')}-"
