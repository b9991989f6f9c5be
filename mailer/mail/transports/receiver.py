"""The relay of the demonstration: an SMTP server on the loopback that puts mails in the mailbox."""

import asyncio
import socket
import threading

from aiosmtpd.smtp import SMTP, Envelope, Session

from mailer.mail.transports.mailbox import Mailbox

LOOPBACK = "127.0.0.1"
LARGEST_BYTES = 10_000_000


class _Keep:
    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        # aiosmtpd gives the null sender of RFC 5321 as "<>".
        sender = (envelope.mail_from or "").strip("<>")
        self.mailbox.save(envelope.original_content or b"", sender, envelope.rcpt_tos)
        return "250 2.0.0 kept"


class Receiver:
    """Takes mails on a port, in a thread of its own, until stop(); OSError when it is taken.

    aiosmtpd's own controller tells of a taken port only after five seconds.
    """

    def __init__(self, mailbox: Mailbox, port: int) -> None:
        self._socket = socket.create_server((LOOPBACK, port))
        self._keep = _Keep(mailbox)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="mailbox", daemon=True)
        self._ready = threading.Event()
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Close the port and what is open on it."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        listening = self._loop.create_server(self._session, sock=self._socket)
        server = self._loop.run_until_complete(listening)
        self._loop.call_soon(self._ready.set)
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(_end_sessions())
        self._loop.close()

    def _session(self) -> SMTP:
        return SMTP(
            self._keep,
            data_size_limit=LARGEST_BYTES,
            hostname="mailbox.localhost",
            enable_SMTPUTF8=True,
            loop=self._loop,
        )


async def _end_sessions() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
