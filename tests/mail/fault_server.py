"""A relay that does one thing wrong, to one recipient or to everybody, at one stage."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from mail.listening import LOOPBACK, listening

VICTIM = b"victime@"
CAPABILITIES = ("8BITMIME", "ENHANCEDSTATUSCODES", "PIPELINING")
STAGES = {
    b"EHLO": "ehlo",
    b"STAR": "starttls",
    b"AUTH": "auth",
    b"MAIL": "mail",
    b"RCPT": "rcpt",
    b"DATA": "data",
}
GOOD = {"greeting": "220 ready", "mail": "250 2.1.0 ok", "rcpt": "250 2.1.5 ok", "data": "354 go"}


BEFORE_ANYBODY = {"greeting", "ehlo", "starttls", "auth", "mail"}
# What is said again and again, and after how many seconds.
ENDLESS = {"drip": (b"2", 0.1), "endless": (b"250-more\r\n", 0.0)}


@dataclass
class FaultServer:
    """`fault` is a reply line, or one of Talk.fail; at `stage` it befalls mails to the victim.

    Before "mail" nobody is known yet, so it befalls every session; and at "mail" every mail, unless
    the victim is told by their sender.
    """

    stage: str = ""
    fault: str = ""
    capabilities: tuple[str, ...] = CAPABILITIES
    largest_session: int = 1_000_000
    asks_for_refused_content: bool = False
    only_from_victim: bool = False
    hangs_up_after_each: bool = False
    port: int = 0
    sessions: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    commands: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sessions += 1
        try:
            await Talk(self, reader, writer).run()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()


class Talk:
    """One session with a client."""

    def __init__(self, server, reader, writer) -> None:
        self.server, self.reader, self.writer = server, reader, writer
        self.sender = self.recipient = b""
        self.accepted = False
        self.left = server.largest_session

    async def run(self) -> None:
        await self.answer("greeting")
        while line := await self.reader.readuntil(b"\n"):
            self.server.commands.append(line.strip())
            verb = line[:4].upper()
            if verb == b"QUIT":
                return
            if verb in {b"MAIL", b"RSET"}:
                self.accepted = False
            if verb == b"MAIL":
                self.sender, self.recipient = _path(line), b""
            if verb == b"RCPT":
                self.recipient = _path(line)
            await self.obey(STAGES.get(verb, "other"))

    async def obey(self, stage: str) -> None:
        if stage == "mail" and not self.left:
            self.reply("421 4.7.0 enough for one session")
            raise ConnectionResetError
        if stage == "data" and not (self.accepted or self.server.asks_for_refused_content):
            self.reply("503 5.5.1 no valid recipient")
            return
        good = await self.answer(stage)
        if stage in {"mail", "rcpt"}:
            self.accepted = good and (stage == "mail" or self.accepted)
        if not good or stage != "data":
            return
        if self.server.stage == "content" and not await self.answer("content"):
            # The rest is read in peace, and not answered again.
            await self.content()
            return
        content = await self.content()
        # Before the answer: the client may look as soon as it has it.
        is_good = not (self.server.stage == "final" and self.is_for_victim("final"))
        if is_good:
            self.server.taken.append((self.recipient.decode(), content))
        if await self.answer("final") and is_good:
            self.left -= 1
            if self.server.hangs_up_after_each:
                await self.writer.drain()
                raise ConnectionResetError

    async def content(self) -> bytes:
        lines = []
        while (line := await self.reader.readuntil(b"\n")) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    async def answer(self, stage: str) -> bool:
        """Reply, or do wrong; whether the reply was the good one."""
        if stage == self.server.stage and self.is_for_victim(stage):
            await self.fail(self.server.fault)
            return False
        if stage == "content":
            return True
        if stage == "ehlo":
            lines = ["fault", *self.server.capabilities]
            self.reply("\r\n".join([*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}"]))
        else:
            self.reply(GOOD.get(stage, "250 2.0.0 ok"))
        return True

    async def fail(self, fault: str) -> None:
        if fault == "partial":
            self.writer.write(b"25")
            await self.writer.drain()
        if fault in {"drop", "partial"}:
            raise ConnectionResetError
        if fault == "hang":
            await asyncio.sleep(3600)
        while fault in ENDLESS:
            piece, seconds = ENDLESS[fault]
            self.writer.write(piece)
            await self.writer.drain()
            await asyncio.sleep(seconds)
        self.reply(fault)

    def is_for_victim(self, stage: str) -> bool:
        if stage == "mail" and self.server.only_from_victim:
            return self.sender.startswith(VICTIM)
        return stage in BEFORE_ANYBODY or self.recipient.startswith(VICTIM)

    def reply(self, line: str) -> None:
        self.writer.write(f"{line}\r\n".encode())


def _path(line: bytes) -> bytes:
    return line.partition(b"<")[2].partition(b">")[0]


@contextmanager
def serving(server: FaultServer) -> Iterator[FaultServer]:
    """Run the server while the block lasts."""
    with listening(lambda: asyncio.start_server(server.serve, LOOPBACK, 0)) as server.port:
        yield server
