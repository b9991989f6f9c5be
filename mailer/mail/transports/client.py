"""The standard library's SMTP client, held to the same policies and giving the same replies."""

import smtplib
import socket
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer

from mailer.mail.outcome import Stage
from mailer.mail.relays import Relay
from mailer.mail.transports.opening import (
    CHALLENGE,
    NO_LOGIN,
    STARTING,
    RefusedError,
    encryption,
    required,
    unreachable,
)
from mailer.mail.transports.replies import BrokenError, Reply, is_last, parse
from mailer.mail.transports.wire import LONGEST_LINE, MOST_LINES

BROKEN = (OSError, smtplib.SMTPException, BrokenError)


class Client(smtplib.SMTP):
    """A connection; what breaks it raises one of BROKEN."""

    def __init__(self, relay: Relay) -> None:
        super().__init__(local_hostname=relay.client_name, timeout=relay.seconds_per_mail)
        self._relay = relay
        # The name that a certificate must bear.
        self._host = relay.host

    def open(self) -> None:
        """Make ready for mails; raises RefusedError, and never falls back from what is asked."""
        try:
            self._introduce()
        except BROKEN as error:
            self.close()
            raise RefusedError(unreachable("4.4.2", type(error).__name__)) from None
        except RefusedError:
            self.close()
            raise

    @property
    def offers(self) -> frozenset[str]:
        """The extensions that are offered."""
        return frozenset(name.upper() for name in self.esmtp_features)

    def ask(self, command: bytes) -> Reply:
        """The reply to a command, which ends its line."""
        self.send(command)
        return self.reply()

    def reply(self) -> Reply:
        """The next reply, whole: the library's own takes "250" without an end for a yes."""
        self.file = self.file or self.sock.makefile("rb")  # type: ignore[union-attr]
        lines: list[bytes] = []
        while not lines or not is_last(lines[-1]):
            lines.append(self.file.readline(LONGEST_LINE))
            if not lines[-1].endswith(b"\n") or len(lines) > MOST_LINES:
                raise BrokenError("a reply without end")
        return parse(tuple(lines))

    def getreply(self) -> tuple[int, bytes]:
        reply = self.reply()
        return reply.code, "\n".join(reply.lines).encode()

    @contextmanager
    def in_time(self) -> Iterator[None]:
        """Cut what takes too long, however it trickles: a time-out is for each read only."""
        watch = Timer(self._relay.seconds_per_mail, self._cut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _introduce(self) -> None:
        relay = self._relay
        try:
            self.sock = self._connected()
        except OSError as error:
            raise RefusedError(unreachable("4.4.1", type(error).__name__)) from None
        with self.in_time():
            required(self.reply(), Stage.CONNECT)
            required(_read(*self.ehlo()), Stage.CONNECT)
            if relay.security == "verify" and "STARTTLS" not in self.offers:
                raise RefusedError(unreachable("4.7.4", "STARTTLS is not offered"))
            if relay.security in STARTING and "STARTTLS" in self.offers:
                self._encrypt()
            if relay.user:
                self._log_in()

    def _connected(self) -> socket.socket:
        relay = self._relay
        plain = socket.create_connection((relay.host, relay.port), relay.seconds_per_mail)
        if relay.security == "tls":
            return encryption(relay).wrap_socket(plain, server_hostname=relay.host)
        return plain

    def _encrypt(self) -> None:
        try:
            self.starttls(context=encryption(self._relay))
        except smtplib.SMTPResponseException as error:
            required(_read(error.smtp_code, error.smtp_error), Stage.CONNECT)
        required(_read(*self.ehlo()), Stage.CONNECT)

    def _log_in(self) -> None:
        methods = self.esmtp_features.get("auth", "").upper().split()
        user, password = self._relay.user.encode(), self._relay.password.encode()
        if "PLAIN" in methods:
            proof = b64encode(b"\0".join((b"", user, password)))
            required(self.ask(b"AUTH PLAIN " + proof + b"\r\n"), Stage.AUTH)
        elif "LOGIN" in methods:
            for line in (b"AUTH LOGIN", b64encode(user)):
                reply = self.ask(line + b"\r\n")
                if reply.code != CHALLENGE:
                    required(reply, Stage.AUTH)
            required(self.ask(b64encode(password) + b"\r\n"), Stage.AUTH)
        else:
            raise RefusedError(NO_LOGIN)

    def _cut(self) -> None:
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]


def _read(code: int, text: bytes | str) -> Reply:
    lines = text if isinstance(text, str) else text.decode("utf-8", "replace")
    return Reply(code, tuple(lines.split("\n")))
