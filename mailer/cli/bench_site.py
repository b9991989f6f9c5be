"""`mailer web` in a process of its own, as it runs in an office, while something is measured."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from mailer.cli import serving
from mailer.cli.bench_visitors import LOOPBACK
from mailer.settings import Value

READY_SECONDS = 120


@dataclass(frozen=True)
class Site:
    """Where it answers, and the process that does."""

    port: int
    pid: int


@contextmanager
def site(settings: Mapping[str, Value]) -> Iterator[Site]:
    """Serve with these settings, on a database that is up to date, while the block lasts."""
    port, output = free_port(), Path(str(settings["DATA_FOLDER"]), "web.log")
    command = [sys.executable, "-m", "mailer", "web", "--port", str(port)]
    with output.open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command, env=os.environ | serving.environment(settings), stdout=said, stderr=said
        )
    try:
        _wait(process, port, output)
        yield Site(port, process.pid)
    finally:
        serving.stop(process)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server((LOOPBACK, 0)) as listener:
        return int(listener.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", port: int, output: Path) -> None:
    ends = time.monotonic() + READY_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            socket.create_connection((LOOPBACK, port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise click.ClickException(f"the site did not start:\n{output.read_text()}")
