"""One measure: how it is run in processes of its own, and the line that it makes."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import sinks
from bench.sinks import LOOPBACK, Sink

TESTS = Path(__file__).parents[1]
PATHS = f"{TESTS.parent}:{TESTS}"
WARM_SECONDS = 6
HEADS = ("Measure", "Sink", "KB", "Links", "Mails", "Mails/s", "CPU µs/mail", "Peak MB", "Ratio")
HEAD = f"| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}"


@dataclass(frozen=True)
class Took:
    """What a run took; CPU and memory are of the sending process."""

    mails: int
    seconds: float
    cpu_seconds: float
    peak_bytes: int

    @property
    def rate(self) -> float:
        return self.mails / self.seconds

    def row(self, name: str, sink: str, kilobytes: int, links: int, ratio: str = "") -> str:
        """A line of the table; what was not measured is left empty."""
        cpu = f"{self.cpu_seconds / self.mails * 1e6:.0f}" if self.cpu_seconds else ""
        peak = f"{self.peak_bytes / 1e6:.0f}" if self.peak_bytes else ""
        cells = (name, sink, kilobytes, links, f"{self.mails:,}", f"{self.rate:,.0f}", cpu, peak)
        return f"| {' | '.join(str(cell) for cell in (*cells, ratio))} |"


def letter(folder: Path, kilobytes: int) -> Path:
    """A ready mail of that size, in a file."""
    head = "From: lettre@exemple.fr\r\nTo: p1@exemple.fr\r\nSubject: Le phare\r\n\r\n"
    line = "Apres deux ans de travaux, les 214 marches se gravissent de nouveau.\r\n"
    path = folder / f"ready-{kilobytes}"
    path.write_text(head + line * (kilobytes * 1000 // len(line)), newline="")
    return path


def smtp_source(sink: Sink, kilobytes: int, mails: int, links: int) -> Took:
    """Postfix's own generator of load."""
    envelope = ["-f", "lettre@exemple.fr", "-t", "p1@exemple.fr"]
    size = ["-l", str(kilobytes * 1000), "-m", str(mails), "-s", str(links)]
    command = [sinks.tool("smtp-source"), "-d", *size, *envelope, f"{LOOPBACK}:{sink.port}"]
    began = time.perf_counter()
    process = subprocess.Popen(command)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    took = time.perf_counter() - began
    return Took(mails, took, used.ru_utime + used.ru_stime, 0)


def sender(name: str, sink: Sink, ready: Path, mails: int, links: int, *more: Path) -> Took:
    """A client in Python, in a process of its own."""
    command = [sys.executable, "-m", "bench.senders", name, str(sink.port), str(ready)]
    paths = ":".join((PATHS, *map(str, more)))
    return _run([*command, str(mails), str(links)], os.environ | {"PYTHONPATH": paths})


def pool(folder: Path, sink: Sink, ready: Path, mails: int, links: int) -> Took:
    """nodemailer's pool; the folder is where it was installed."""
    script = str(Path(__file__).with_name("pool.mjs"))
    node = [sinks.tool("node"), script, str(sink.port), str(ready), str(mails), str(links)]
    return _run(node, {**os.environ}, folder)


@dataclass
class Campaign:
    """A campaign of the program, in a data folder and a database of its own."""

    folder: Path
    url: str
    sink: Sink
    links: int
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        theirs = {
            "MAILER_DATA_FOLDER": str(self.folder),
            "MAILER_DATABASE_URL": self.url,
            "MAILER_SMTP_PORT": str(self.sink.port),
            "MAILER_SMTP_CONNECTIONS": str(self.links),
            "PYTHONPATH": PATHS,
        }
        mine = {k: v for k, v in os.environ.items() if not k.startswith("MAILER_")}
        return mine | theirs | self.more

    def step(self, *words: str) -> str:
        """Do one step; the last line that it prints."""
        return _last([sys.executable, "-m", "bench.campaign", *words], self.environment)

    def sign(self) -> None:
        """Make a key, so that every mail is signed."""
        command = [sys.executable, "-m", "mailer", "dkim", "new", "--type", "rsa"]
        _last(command, self.environment)

    def send(self) -> Took:
        """Send it in one process that does nothing else."""
        return Took(**json.loads(self.step("send")))

    def send_by(self, workers: int) -> Took:
        """Send it by so many `mailer worker`; from the start to the end, as the database tells."""
        self.step("hold")
        with working(workers, self.environment):
            self.step("release")
            return Took(**json.loads(self.step("wait")))


@contextmanager
def working(count: int, environment: dict[str, str]) -> Iterator[None]:
    """So many workers, each in a process of its own."""
    command = [sys.executable, "-m", "mailer", "worker"]
    quiet = subprocess.DEVNULL
    processes = [
        subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet) for _ in range(count)
    ]
    try:
        time.sleep(WARM_SECONDS)
        yield
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait()


def signatures_a_second() -> float:
    """What `openssl speed rsa2048` signs on one core."""
    command = [sinks.tool("openssl"), "speed", "-seconds", "3", "rsa2048"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"^rsa\s+2048 bits\s+\S+\s+\S+\s+([0-9.]+)", said, re.MULTILINE)
    return float(found[1])


def _run(command: list[str], environment: dict[str, str], folder: Path | None = None) -> Took:
    return Took(**json.loads(_last(command, environment, folder)))


def _last(command: list[str], environment: dict[str, str], folder: Path | None = None) -> str:
    """The last line that it prints; what it says besides is shown when it fails."""
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} failed:\n{done.stderr[-2000:]}")
    return (done.stdout.splitlines() or [""])[-1]
