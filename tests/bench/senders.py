"""One client that sends the same ready bytes again and again, in this process.

`python -m bench.senders NAME PORT FILE MAILS CONNECTIONS` prints what it took as JSON.
"""

import asyncio
import json
import smtplib
import sys
import time
from collections.abc import Callable
from pathlib import Path

from mailer.mail.relays import Relay
from mailer.mail.transports import Envelope
from mailer.mail.transports.smtp import Smtp

HOST = "127.0.0.1"
FROM, TO = "lettre@exemple.fr", "p1@exemple.fr"


def with_smtplib(port: int, content: bytes, mails: int, _connections: int) -> None:
    """The standard library: one connection, for it waits."""
    with smtplib.SMTP(HOST, port) as client:
        for _ in range(mails):
            client.sendmail(FROM, [TO], content)


def with_aiosmtplib(port: int, content: bytes, mails: int, connections: int) -> None:
    """As many clients as connections, in one loop."""
    import aiosmtplib  # noqa: PLC0415 - installed for this measure alone

    async def one(count: int) -> None:
        async with aiosmtplib.SMTP(hostname=HOST, port=port, start_tls=False) as client:
            for _ in range(count):
                await client.sendmail(FROM, [TO], content)

    async def all_of_them() -> None:
        await asyncio.gather(*(one(mails // connections) for _ in range(connections)))

    asyncio.run(all_of_them())


def with_ours(port: int, content: bytes, mails: int, connections: int) -> None:
    """Our own transport, alone."""
    relay = Relay("relais", HOST, port, connections=connections)
    is_canonical = b"\n." not in content
    ready = (Envelope(n, FROM, TO, content, is_canonical=is_canonical) for n in range(mails))
    answered = sum(len(answers) for answers in Smtp(relay).send(ready))
    assert answered == mails


SENDERS: dict[str, Callable[[int, bytes, int, int], None]] = {
    "smtplib": with_smtplib,
    "aiosmtplib": with_aiosmtplib,
    "transport": with_ours,
}


def peak_bytes() -> int:
    """The most memory of this process; what getrusage tells may be of the one that started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def main(name: str, port: str, file: str, mails: str, connections: str) -> None:
    """Send, and say what it took."""
    content = Path(file).read_bytes()
    began, cpu = time.perf_counter(), time.process_time()
    SENDERS[name](int(port), content, int(mails), int(connections))
    took = {
        "mails": int(mails),
        "seconds": time.perf_counter() - began,
        "cpu_seconds": time.process_time() - cpu,
        "peak_bytes": peak_bytes(),
    }
    print(json.dumps(took))


if __name__ == "__main__":
    main(*sys.argv[1:])
