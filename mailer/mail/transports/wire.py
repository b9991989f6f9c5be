"""One connection to a relay: bytes out, replies in, as they come."""

import asyncio
import socket
from collections import deque
from ssl import SSLContext
from typing import Protocol, cast

from mailer.mail.transports.replies import BrokenError, LostError, Reply, is_last, parse

LONGEST_LINE = 4096
MOST_LINES = 100
# More than the envelope that may follow a mail, so that a mail whose end has left is told from
# one whose end has not.
TAIL = 2048
# A whole letter fits, and leaves in one call of the system.
SEND_BUFFER = 262_144


class Listener(Protocol):
    """Who is told what comes over the connection."""

    def heard(self, reply: Reply) -> None:
        """A whole reply came; may raise BrokenError."""

    def drained(self) -> None:
        """All but a tail of what was written has left this program."""

    def lost(self, error: Exception) -> None:
        """Nothing more will come, for that reason."""


class Waiting:
    """A listener for a dialogue of one question at a time; what breaks it raises BrokenError."""

    def __init__(self) -> None:
        self._replies: deque[Reply] = deque()
        self._error: Exception | None = None
        self._came = asyncio.Event()

    def heard(self, reply: Reply) -> None:
        self._replies.append(reply)
        self._came.set()

    def drained(self) -> None:
        """Of no concern here."""

    def lost(self, error: Exception) -> None:
        self._error = error
        self._came.set()

    async def reply(self) -> Reply:
        """The next reply."""
        while not self._replies:
            if self._error:
                raise self._error
            self._came.clear()
            await self._came.wait()
        return self._replies.popleft()


class Wire(asyncio.BufferedProtocol):
    """A connection. It tells one listener at a time.

    It reads into a buffer of its own: for each read, asyncio would make one of 256 kB.
    """

    def __init__(self) -> None:
        self.listener: Listener = Waiting()
        self._transport: asyncio.Transport
        self._buffer = memoryview(bytearray(LONGEST_LINE))
        self._rest = b""
        self._lines: list[bytes] = []
        self.is_full = False

    @classmethod
    async def open(cls, host: str, port: int, tls: SSLContext | None) -> "Wire":
        """A new connection, encrypted from its start when `tls` is given."""
        loop = asyncio.get_running_loop()
        try:
            _, wire = await loop.create_connection(cls, host, port, ssl=tls)
        except OSError as error:
            raise BrokenError(type(error).__name__) from None
        return wire

    async def encrypt(self, tls: SSLContext, host: str) -> None:
        """Go on in TLS; what was read ahead is dropped, since anybody may have written it."""
        loop = asyncio.get_running_loop()
        plain, self.listener = self._transport, Waiting()
        self._rest, self._lines = b"", []
        try:
            encrypted = await loop.start_tls(plain, self, tls, server_hostname=host)
        except OSError as error:
            raise BrokenError(type(error).__name__) from None
        if encrypted is None:
            raise BrokenError("lost")
        self._use(encrypted)

    async def reply(self) -> Reply:
        """The next reply, before anybody else listens."""
        assert isinstance(self.listener, Waiting)  # noqa: S101 - a session listens by itself
        return await self.listener.reply()

    def send(self, data: bytes) -> None:
        """Write; `is_full` until all but a tail has left this program."""
        self._transport.write(data)

    def close(self, farewell: bytes = b"") -> None:
        """Let go of the connection without waiting for an answer."""
        self._transport.write(farewell)
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        peer = transport.get_extra_info("socket")
        # Small writes must not wait for the other side's acknowledgement.
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self._use(cast(asyncio.Transport, transport))

    def _use(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        transport.set_write_buffer_limits(TAIL, TAIL)

    def get_buffer(self, sizehint: int) -> memoryview:
        del sizehint
        return self._buffer

    def buffer_updated(self, length: int) -> None:
        *lines, self._rest = (self._rest + self._buffer[:length]).split(b"\n")
        try:
            for line in lines:
                self._read(line)
            self._check()
        except (BrokenError, OSError) as error:
            # Nothing here speaks to the network: such an error is of our own disk.
            self.listener.lost(error)

    def _read(self, line: bytes) -> None:
        self._lines.append(line)
        if is_last(line):
            whole, self._lines = tuple(self._lines), []
            self.listener.heard(parse(whole))

    def _check(self) -> None:
        if len(self._rest) > LONGEST_LINE or len(self._lines) > MOST_LINES:
            raise BrokenError("a reply without end")

    def pause_writing(self) -> None:
        self.is_full = True

    def resume_writing(self) -> None:
        self.is_full = False
        self.listener.drained()

    def connection_lost(self, error: Exception | None) -> None:
        """Tell why: what our own code raised where a reply was heard comes back by this way too."""
        if error is None or isinstance(error, OSError):
            error = LostError(type(error).__name__ if error else "closed")
        self.listener.lost(error)
