"""Mail servers that keep nothing: ours in C, ours in Python where no compiler is, Postfix's."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("sink.c")
LOOPBACK = "127.0.0.1"
# Debian puts Postfix's tools where only root looks.
PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))
PATIENCE_SECONDS = 10


@dataclass
class Sink:
    """A running sink; `taken` is known once it has ended."""

    name: str
    port: int
    taken: int | None = None


def tool(name: str) -> str | None:
    """Where a program is; None when it is not installed."""
    return shutil.which(name, path=PLACES)


def compiled(folder: Path) -> str | None:
    """Our sink in C, compiled into the folder; None where there is no compiler."""
    made = folder / "sink"
    if made.exists():
        return str(made)
    compiler = tool("cc")
    if compiler is None:
        return None
    subprocess.run([compiler, "-O2", "-o", made, SOURCE], check=True)
    return str(made)


@contextmanager
def ours(folder: Path, *options: str) -> Iterator[Sink]:
    """Our own sink, in a process of its own; where there is no compiler it takes no options."""
    program = compiled(folder)
    command = [program, *options] if program else [sys.executable, "-m", "mailer.cli.sink"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        sink = Sink("ours" if program else "ours, in Python", int(process.stdout.readline()))
        try:
            yield sink
        finally:
            said, _nothing = process.communicate()
            sink.taken = int(said.split()[0])


@contextmanager
def postfix() -> Iterator[Sink]:
    """Postfix's smtp-sink."""
    port = free_port()
    command = [tool("smtp-sink"), "-u", "nobody", f"{LOOPBACK}:{port}", "1000"]
    if os.getuid():
        command[1:3] = []
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield Sink("smtp-sink", port)
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server((LOOPBACK, 0)) as listener:
        return listener.getsockname()[1]


def wait_for(port: int) -> None:
    """Return once somebody listens there."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends:
        try:
            socket.create_connection((LOOPBACK, port)).close()
        except ConnectionRefusedError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"nobody listens on {port}")
