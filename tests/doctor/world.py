"""What `mailer doctor` asks outside: a server of names, one of time, and relays in encryption."""

import asyncio
import re
import socket
import ssl
import struct
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.message
import dns.rcode
import dns.rrset
from mail.certificate import Certificate
from mail.listening import LOOPBACK, listening

from mailer.clock import now

TTL = 60
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
SECONDS_1900_TO_1970 = 2_208_988_800


@dataclass
class Zone:
    """Records by name and type, as a zone file writes them; what is absent does not exist."""

    records: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    is_silent: bool = False
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def add(self, name: str, kind: str, *texts: str) -> None:
        self.records[name, kind] = list(texts)

    def text(self, name: str, *texts: str) -> None:
        """TXT records, in strings that are short enough."""
        cut = (" ".join(f'"{t[n : n + 255]}"' for n in range(0, len(t), 255)) for t in texts)
        self.add(name, "TXT", *cut)

    def forget(self, *names: str) -> None:
        """Have no record of these names any more."""
        self.records = {key: told for key, told in self.records.items() if key[0] not in names}

    def answer(self, question: bytes) -> bytes:
        asked = dns.message.from_wire(question)
        (what,) = asked.question
        name, kind = what.name.to_text(omit_final_dot=True), what.rdtype.name
        self.asked.append(name)
        told = dns.message.make_response(asked)
        if found := self.records.get((name, kind)):
            told.answer.append(dns.rrset.from_text_list(what.name, TTL, "IN", kind, found))
        elif not any(known == name for known, _kind in self.records):
            told.set_rcode(dns.rcode.NXDOMAIN)
        return b"" if self.is_silent else told.to_wire()


@contextmanager
def answering(answer: Callable[[bytes], bytes]) -> Iterator[int]:
    """The port on the loopback that answers each datagram (UDP), while the block lasts."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((LOOPBACK, 0))
        port = server.getsockname()[1]

        def serve() -> None:
            while (received := server.recvfrom(4096))[0]:
                if said := answer(received[0]):
                    server.sendto(said, received[1])

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield port
        # An empty datagram, which nobody else sends, is the end.
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ending:
            ending.sendto(b"", (LOOPBACK, port))
        thread.join()


def clock_that_is(seconds: int) -> Callable[[bytes], bytes]:
    """A server of time (SNTP) that is so many seconds ahead of this machine."""

    def answer(_question: bytes) -> bytes:
        said = int(now().timestamp()) + seconds + SECONDS_1900_TO_1970
        return struct.pack("!40xII", said, 0)

    return answer


@contextmanager
def encrypted(serve: Serve, shown: Certificate) -> Iterator[int]:
    """The port of that server in TLS from its start, with that certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(shown.chain, shown.key)
    with listening(lambda: asyncio.start_server(serve, LOOPBACK, 0, ssl=context)) as port:
        yield port


def website(refused: str = "") -> Serve:
    """A site of which every page is empty, and that refuses requests of that method."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        # What is left unread would end the connection before the answer is.
        await reader.readexactly(int(length[1]) if length else 0)
        said = "405 No" if refused and head.startswith(refused) else "200 OK"
        writer.write(f"HTTP/1.0 {said}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    return serve
