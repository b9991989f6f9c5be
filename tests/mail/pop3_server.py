"""A small POP3 server on the loopback that keeps its mails and what was said to it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from mail.listening import LOOPBACK, listening

from mailer.mail.imap import Mailbox

PASSWORD = "marée-haute"


@dataclass
class Pop3Server:
    """`mails` by their UIDL; one of `refused` is not given, at one of `breaks` the line is cut."""

    mails: dict[str, bytes] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    breaks: set[str] = field(default_factory=set)
    breaks_at_quit: bool = False
    port: int = 0
    commands: list[str] = field(default_factory=list)

    def mailbox(self, **more) -> Mailbox:
        """How the program reaches it."""
        options = {"security": "plain", "password": PASSWORD} | more
        return Mailbox(host=LOOPBACK, user="rebond", port=self.port, **options)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
            await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.transport.abort()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        names, deleted = list(self.mails), set()
        writer.write(b"+OK ready\r\n")
        while line := (await reader.readline()).decode().strip():
            self.commands.append(line)
            verb, _, number = line.partition(" ")
            name = names[int(number) - 1] if number.isdigit() else ""
            if (verb == "QUIT" and self.breaks_at_quit) or (verb == "RETR" and name in self.breaks):
                return
            if verb == "DELE":
                deleted.add(name)
            if verb == "QUIT":
                self.mails = {each: self.mails[each] for each in names if each not in deleted}
            writer.write(self._answer(verb, number, name, names))
            if verb == "QUIT":
                return

    def _answer(self, verb: str, said: str, name: str, names: list[str]) -> bytes:
        if verb == "PASS" and said != PASSWORD:
            return b"-ERR no\r\n"
        if verb == "UIDL":
            lines = [f"{place} {name}" for place, name in enumerate(names, 1)]
            return "\r\n".join(["+OK", *lines, ".", ""]).encode()
        if verb == "RETR":
            if name in self.refused:
                return b"-ERR cannot\r\n"
            content = self.mails[name].replace(b"\r\n.", b"\r\n..")
            return b"+OK\r\n" + content.removesuffix(b"\r\n") + b"\r\n.\r\n"
        return b"+OK\r\n" if verb in {"USER", "PASS", "DELE", "QUIT"} else b"-ERR what\r\n"


@contextmanager
def serving(server: Pop3Server) -> Iterator[Pop3Server]:
    """Run the server while the block lasts."""
    with listening(lambda: asyncio.start_server(server.serve, LOOPBACK, 0)) as server.port:
        yield server
