"""The `mailer` command: within the test where it ends by itself, as a process where it serves."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from mailer.cli import commands

ROOT = Path(__file__).parent.parent.parent
LOOPBACK = "127.0.0.1"
STOPS_WITHIN_SECONDS = 60


@pytest.fixture
def mailer(app):
    """`mailer("account", "create", …)` on the database of the test."""
    settings = {
        "MAILER_DATABASE_URL": app.config["DATABASE_URL"],
        "MAILER_DATA_FOLDER": app.config["DATA_FOLDER"],
    }

    def run(*words, typed=None, **variables):
        return CliRunner().invoke(commands, words, input=typed, env=settings | variables)

    return run


@dataclass
class Served:
    """A command that serves: what it has said so far, and how to stop it."""

    process: subprocess.Popen
    said: str = ""

    def until(self, words):
        """Read what it says until those words."""
        while words not in self.said:
            line = self.process.stdout.readline()
            assert line, f"it ended without saying {words!r}:\n{self.said}"
            self.said += line
        return self.said

    def stop(self, how=signal.SIGINT):
        """Its status, once it was asked to stop."""
        self.process.send_signal(how)
        return self.end()

    def end(self):
        """Its status, once it has ended by itself."""
        self.said += self.process.communicate(timeout=STOPS_WITHIN_SECONDS)[0]
        return self.process.returncode

    @property
    def children(self):
        """The processes that it started (proc(5))."""
        pid = self.process.pid
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(child) for found in threads for child in found.read_text().split()]


@contextmanager
def serving() -> Iterator:
    with ExitStack() as ended:

        def start(*words, **variables):
            process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-u", "-m", "mailer", *words],
                cwd=ROOT,
                env=os.environ | variables,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                text=True,
            )
            ended.callback(process.stdout.close)
            ended.callback(process.wait)
            ended.callback(process.kill)
            return Served(process)

        yield start


@pytest.fixture
def serve():
    """`serve("demo", "--port", …)` starts the command in a process of its own."""
    with serving() as start:
        yield start


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """One demonstration for the tests that only look at it."""
    with serving() as start:
        found = Demo(tmp_path_factory.mktemp("demo"), *free_ports())
        found.served = start(*found.words)
        found.served.until("admin@exemple.fr")
        yield found
        found.served.stop()


@dataclass
class Demo:
    """Where a demonstration runs."""

    folder: Path
    port: int
    smtp_port: int
    served: Served | None = None

    @property
    def url(self):
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def words(self):
        ports = ("--port", str(self.port), "--smtp-port", str(self.smtp_port))
        return ("demo", "--folder", str(self.folder), *ports)

    def get(self, path):
        return requests.get(self.url + path, timeout=20)


@pytest.fixture
def new_demo(tmp_path):
    """A demonstration that was not started."""
    return Demo(tmp_path / "demo", *free_ports())


def free_ports():
    first, second = (socket.create_server((LOOPBACK, 0)) for _ in range(2))
    with first, second:
        return first.getsockname()[1], second.getsockname()[1]
