"""`mailer demo` running in a folder of its own, and the mails that it captured."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.request import urlopen

from mailer.demo.people import ACCOUNTS, PASSPHRASE
from mailer.mail.transports.mailbox import Mailbox

ROOT = Path(__file__).parents[1]
READY_SECONDS = 90
MAIL_SECONDS = 60
MAILS_AT_MOST = 5_000
# A test fills forms faster than a person, and more of them.
OPEN = {"FORM_MIN_SECONDS": "0", "POSTS_A_MINUTE": "1000", "POSTS_AN_HOUR": "1000"}


@dataclass
class Demo:
    """A running demonstration: where it answers, what it sent, and what it printed."""

    url: str
    folder: Path
    output: Path

    def account(self, reader: str) -> tuple[str, str]:
        """The address and the passphrase of the colleague who plays that part."""
        addresses = dict(zip(("staff", "approver", "dpo", "admin"), ACCOUNTS, strict=True))
        return addresses[reader].email, PASSPHRASE

    def mails_to(self, address: str) -> list[EmailMessage]:
        """The mails captured for the address, newest first."""
        mails = (mail.message for mail in Mailbox(self.folder / "mailbox").newest(MAILS_AT_MOST))
        return [mail for mail in mails if address in str(mail["To"])]

    def next_mail(self, address: str, known: int = 0) -> EmailMessage:
        """The newest mail to the address once it has more than `known` of them."""
        until = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < until:
            mails = self.mails_to(address)
            if len(mails) > known:
                return mails[0]
            time.sleep(0.2)
        raise AssertionError("the mail did not come in time")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def link(mail: EmailMessage, path: str) -> str:
    """The first address in the text of the mail that holds the path."""
    found = re.search(rf"https?://\S*{path}\S*", part(mail, "plain"))
    assert found, f"no link with {path}"
    return found.group()


@contextmanager
def running(folder: Path) -> Iterator[Demo]:
    """A demonstration on free ports, for as long as the block lasts."""
    port = free_port()
    demo = Demo(f"http://127.0.0.1:{port}", folder / "instance" / "demo", folder / "output.txt")
    arguments = ["demo", "--port", str(port), "--smtp-port", str(free_port())]
    with program(demo, folder, arguments, {}):
        yield demo


@contextmanager
def program(
    demo: Demo, folder: Path, arguments: list[str], settings: dict[str, str]
) -> Iterator[None]:
    """`mailer` with these arguments in the folder; it answers while the block lasts."""
    settings = OPEN | settings
    environment = {f"MAILER_{name}": value for name, value in settings.items()}
    with demo.output.open("w") as file:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "mailer", *arguments],
            cwd=folder,
            env=os.environ | environment | {"PYTHONPATH": str(ROOT)},
            stdout=file,
            stderr=file,
        )
    try:
        wait_until_ready(demo, process)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def wait_until_ready(demo: Demo, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, demo.output.read_text()
        try:
            with urlopen(f"{demo.url}/healthz"):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(demo.output.read_text())
