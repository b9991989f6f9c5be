"""A mail server that takes everything as fast as it comes and keeps nothing: for measuring.

`python -m mailer.cli.sink` prints its port, serves until its input ends, then prints how many
mails it took.
"""

import asyncio
import sys

LOOPBACK = "127.0.0.1"
END_OF_MAIL = b"\r\n.\r\n"
OK = b"250 2.0.0 ok\r\n"
REPLIES = {
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 2.0.0 bye\r\n",
}


class Sink(asyncio.Protocol):
    """One connection; commands and mails may come in any number of pieces (RFC 2920)."""

    taken = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what create_server gives
        self.transport = transport
        self.pending = bytearray()
        self.in_mail = False
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        # Only the new bytes, and the few before them in which an end may have begun, are searched.
        searched = max(0, len(self.pending) - len(END_OF_MAIL))
        self.pending += data
        answers = []
        while (end := self.pending.find(self._ending(), searched)) >= 0:
            searched = 0
            piece = bytes(self.pending[:end][:4]).upper()
            del self.pending[: end + len(self._ending())]
            answers.append(self._answer(piece))
        self.transport.write(b"".join(answers))
        if answers and answers[-1] is REPLIES[b"QUIT"]:
            self.transport.close()

    def _ending(self) -> bytes:
        return END_OF_MAIL if self.in_mail else b"\r\n"

    def _answer(self, verb: bytes) -> bytes:
        if self.in_mail:
            self.in_mail = False
            Sink.taken += 1
            return OK
        self.in_mail = verb == b"DATA"
        return REPLIES.get(verb, OK)


async def serve() -> None:
    """Take mails until the input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, LOOPBACK, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(Sink.taken, flush=True)


if __name__ == "__main__":
    asyncio.run(serve())
