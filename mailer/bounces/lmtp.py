"""Mails that a mail server on this machine hands over by LMTP (RFC 2033)."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, AnyStr

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session, syntax
from flask import Flask
from sqlalchemy.exc import OperationalError
from structlog import get_logger

from mailer.bounces import incoming
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.imap import Arrived

LOOPBACK = "127.0.0.1"
NAME = "rebond"
LATER = "451 4.3.0 Not now; try again later"

log = get_logger()


class Returns:
    """Takes what is written to a return-path, and answers well only after the commit."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._domain = app.config["RETURN_PATH_DOMAIN"].lower()

    async def handle_RCPT(  # noqa: N802 - the names that aiosmtpd calls
        self, _server: LMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Refuse whatever is no return-path."""
        local, _, domain = address.lower().rpartition("@")
        if domain != self._domain or local.partition("+")[0] != NAME:
            return "550 5.1.1 No such recipient"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, _server: LMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take the mail in, for each of its recipients."""
        content = envelope.original_content or b""
        return await asyncio.to_thread(self._take, content, tuple(envelope.rcpt_tos))

    async def handle_exception(self, error: Exception) -> str:
        """Whatever goes wrong, the mail is not lost."""
        log.error("lmtp.failed", kind=type(error).__name__)
        return LATER

    def _take(self, content: bytes, recipients: tuple[str, ...]) -> str:
        at = now()
        with self._app.app_context():
            try:
                with transaction():
                    for each in recipients:
                        incoming.take(Arrived(0, at, len(content), content), at, each)
            except OperationalError:
                log.warning("returns.database_away")
                return LATER
            finally:
                db.session.remove()
        return "250 2.0.0 Kept"


class OneAnswerEach(LMTP):
    """Answers the end of a mail once for each recipient, as LMTP wants (RFC 2033, 4.2)."""

    # Reports bring back lines longer than any mail should have.
    line_length_limit = 100_000
    answers = 1

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the name that aiosmtpd calls
        await super().smtp_DATA(arg)
        self.answers = 1

    async def push(self, status: AnyStr) -> None:
        said = status.decode() if isinstance(status, bytes) else str(status)
        await super().push("\r\n".join([said] * self.answers))
        if said.startswith("354") and self.envelope:
            self.answers = len(self.envelope.rcpt_tos)


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """Take mails while the block lasts, where the settings say; the port, or 0 for none."""
    port, path = app.config["LMTP_PORT"], app.config["LMTP_SOCKET"]
    if not port and not path:
        yield 0
        return
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(_started(app, loop, port, path))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _started(
    app: Flask, loop: asyncio.AbstractEventLoop, port: int, path: str
) -> asyncio.AbstractServer:
    handler, most = Returns(app), app.config["BOUNCE_MAX_MEGABYTES"] * 1_000_000

    def protocol() -> OneAnswerEach:
        return OneAnswerEach(handler, data_size_limit=most, loop=loop, ident="mailer")

    if path:
        return await loop.create_unix_server(protocol, path)
    return await loop.create_server(protocol, LOOPBACK, port)
