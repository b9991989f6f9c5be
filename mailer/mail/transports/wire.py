"""One connection to a relay: bytes out, replies in."""

import asyncio
import socket
from ssl import SSLContext

from mailer.mail.transports.replies import BrokenError, Reply, is_last, parse

LONGEST_LINE = 4096
MOST_LINES = 100
# More than the envelope that may follow a mail, so that a mail whose end has left is told from
# one whose end has not.
TAIL = 2048


class Wire:
    """A connection; whatever breaks it raises BrokenError."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        writer.transport.set_write_buffer_limits(TAIL, TAIL)

    @classmethod
    async def open(cls, host: str, port: int, tls: SSLContext | None) -> "Wire":
        """A new connection, encrypted from its start when `tls` is given."""
        try:
            reader, writer = await asyncio.open_connection(host, port, ssl=tls, limit=LONGEST_LINE)
        except OSError as error:
            raise BrokenError(type(error).__name__) from None
        # Small writes must not wait for the other side's acknowledgement.
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return cls(reader, writer)

    async def encrypt(self, tls: SSLContext, host: str) -> None:
        """Go on in TLS; what was read ahead is dropped, since anybody may have written it."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=LONGEST_LINE)
        protocol = asyncio.StreamReaderProtocol(reader)
        try:
            transport = await loop.start_tls(
                self._writer.transport, protocol, tls, server_hostname=host
            )
        except OSError as error:
            raise BrokenError(type(error).__name__) from None
        if transport is None:
            raise BrokenError("lost")
        protocol.connection_made(transport)
        # Kept, for at its end it would close the connection that TLS runs over.
        self._plain = self._writer
        self._reader = reader
        self._writer = asyncio.StreamWriter(transport, protocol, reader, loop)
        transport.set_write_buffer_limits(TAIL, TAIL)

    async def send(self, data: bytes) -> None:
        """Write; returns when all but a tail has left this program."""
        self._writer.write(data)
        try:
            await self._writer.drain()
        except OSError as error:
            raise BrokenError(type(error).__name__) from None

    async def reply(self) -> Reply:
        """The next reply."""
        lines = [await self._line()]
        while not is_last(lines[-1]):
            if len(lines) == MOST_LINES:
                raise BrokenError("a reply without end")
            lines.append(await self._line())
        return parse(tuple(lines))

    async def _line(self) -> bytes:
        try:
            return await self._reader.readuntil(b"\n")
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise BrokenError(type(error).__name__) from None

    def close(self, farewell: bytes = b"") -> None:
        """Let go of the connection without waiting for an answer."""
        self._writer.write(farewell)
        self._writer.transport.abort()
