"""`make bench-delivery`: our transport and our campaigns beside others, against the same sinks."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import measures, sinks
from bench.measures import HEAD, Campaign, Took
from bench.sinks import Sink
from crash import servers

SIZES = (5, 15, 42)
LINKS = 10
# Clients that take a hundred times longer are asked for fewer.
SLOW_MAILS = 3_000
USUAL = 42
DELAY_MS = "20"
AIMS = """
Aims: transport 1.3 times smtp-source; campaign 1.0 times, and 40 µs of CPU a mail at 42 KB;
120 MB of memory, flat to 1,000,000 people; signed 0.7 of openssl; with 20 ms of delay 400 mails/s
on 10 connections and 4,000 on 100; two workers 1.6 times one."""


@dataclass
class Bench:
    """One run: where its files are, how many people, and how a database is had."""

    folder: Path
    people: int
    sizes: tuple[int, ...]
    databases: dict[str, Callable[[Path], str]]
    made: int = 0

    @property
    def few(self) -> int:
        return min(self.people, SLOW_MAILS)

    def place(self) -> Path:
        """A new, empty folder."""
        self.made += 1
        path = self.folder / str(self.made)
        path.mkdir()
        return path

    def campaign(self, database: str, sink: Sink, kilobytes: int, people: int, links: int = LINKS):
        """A prepared campaign."""
        place = self.place()
        ready = Campaign(place, self.databases[database](place), sink, links)
        ready.step("prepare", str(people), str(kilobytes))
        return ready


def compared(bench: Bench, sink: Sink, kilobytes: int, others: "Others") -> Iterator[str]:
    """Everybody against one sink, at one size; ratios are to smtp-source."""
    ready = measures.letter(bench.folder, kilobytes)
    first = None
    for name, run in others.clients(bench, sink, ready, kilobytes):
        took = run()
        first = first or (took if name == "smtp-source" else None)
        ratio = f"{took.rate / first.rate:.2f}" if first else ""
        yield took.row(name, sink.name, kilobytes, LINKS, ratio)
    for database in bench.databases:
        took = bench.campaign(database, sink, kilobytes, bench.people).send()
        ratio = f"{took.rate / first.rate:.2f}" if first else ""
        yield took.row(f"campaign, {database}", sink.name, kilobytes, LINKS, ratio)


@dataclass
class Others:
    """The clients of others, as far as they are here."""

    nodemailer: Path | None
    aiosmtplib: Path | None

    def clients(
        self, bench: Bench, sink: Sink, ready: Path, kilobytes: int
    ) -> Iterator[tuple[str, Callable[[], Took]]]:
        """Each that can be run, by name."""
        ours = measures.sender
        if sinks.tool("smtp-source"):
            yield (
                "smtp-source",
                lambda: measures.smtp_source(sink, kilobytes, bench.people, LINKS),
            )
        if self.nodemailer:
            where = self.nodemailer
            yield "nodemailer", lambda: measures.pool(where, sink, ready, bench.few, LINKS)
        yield "smtplib", lambda: ours("smtplib", sink, ready, bench.few, 1)
        if self.aiosmtplib:
            more = self.aiosmtplib
            yield "aiosmtplib", lambda: ours("aiosmtplib", sink, ready, bench.few, LINKS, more)
        yield "our transport", lambda: ours("transport", sink, ready, bench.people, LINKS)


def signed(bench: Bench, sink: Sink) -> Iterator[str]:
    """A campaign signed by RSA-2048, beside what openssl signs on one core."""
    rate = measures.signatures_a_second() if sinks.tool("openssl") else None
    people = min(bench.people, 20_000)
    for workers in (0, 1, 2):
        if workers and "postgresql" not in bench.databases:
            continue
        database = "postgresql" if workers else "sqlite"
        ready = bench.campaign(database, sink, USUAL, people)
        ready.sign()
        took = ready.send_by(workers) if workers else ready.send()
        ratio = f"{took.rate / rate:.2f} of openssl ({rate:,.0f}/s)" if rate else ""
        name = f"signed, {workers or 'no'} worker, {database}"
        yield took.row(name, sink.name, USUAL, LINKS, ratio)


def delayed(bench: Bench) -> Iterator[str]:
    """A sink that answers after a while: what counts is how many connections wait at once."""
    people = min(bench.people, 20_000)
    with sinks.ours(bench.folder, "-d", DELAY_MS) as sink:
        name = f"{sink.name}, {DELAY_MS} ms"
        for links in (10, 100):
            some = people if links == 100 else people // 5
            took = bench.campaign("sqlite", sink, USUAL, some, links).send()
            yield took.row("campaign, sqlite", name, USUAL, links)
        if "postgresql" not in bench.databases:
            return
        first = None
        for workers in (1, 2):
            took = bench.campaign("postgresql", sink, USUAL, people // 2, 10).send_by(workers)
            first = first or took
            ratio = f"{took.rate / first.rate:.2f} of one worker"
            yield took.row(f"campaign, {workers} worker", name, USUAL, 10, ratio)


def many(bench: Bench, sink: Sink, people: int) -> Iterator[str]:
    """Whether the memory stays the same."""
    for database in bench.databases:
        took = bench.campaign(database, sink, USUAL, people).send()
        yield took.row(f"campaign, {database}", sink.name, USUAL, LINKS)


def installed(folder: Path, command: list[str | None]) -> Path | None:
    """The folder into which the command put a client; None, and said, when it could not."""
    folder.mkdir()
    try:
        subprocess.run([*command, str(folder)], check=True, cwd=folder, capture_output=True)
    except (subprocess.CalledProcessError, TypeError, FileNotFoundError):
        print(f"(not measured: {folder.name} could not be installed)")
        return None
    return folder


@contextmanager
def set_up(chosen: argparse.Namespace) -> Iterator[tuple[Bench, Others, list[Sink]]]:
    """Databases, sinks and the clients of others; what is missing is said."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        databases = {"sqlite": servers.sqlite}
        if not chosen.short:
            databases["postgresql"] = held.enter_context(servers.postgresql()).fresh
        running = [held.enter_context(sinks.ours(folder))]
        if sinks.tool("smtp-sink"):
            running.append(held.enter_context(sinks.postfix()))
        for name in ("cc", "smtp-sink", "smtp-source", "openssl"):
            if not sinks.tool(name):
                print(f"(not measured: {name} is not installed)")
        others = Others(None, None)
        if not chosen.short:
            npm = [sinks.tool("npm"), "install", "nodemailer", "--prefix"]
            pip = [sinks.tool("python3"), "-m", "pip", "install", "-q", "aiosmtplib", "--target"]
            others.nodemailer = installed(folder / "nodemailer", npm)
            others.aiosmtplib = installed(folder / "aiosmtplib", pip)
        sizes = tuple(chosen.sizes)
        yield Bench(folder, chosen.people, sizes, databases), others, running


def rows(chosen: argparse.Namespace) -> Iterator[str]:
    """Every line of the table."""
    with set_up(chosen) as (bench, others, running):
        yield HEAD
        for kilobytes in bench.sizes:
            for sink in running:
                yield from compared(bench, sink, kilobytes, others)
        if not chosen.short:
            yield from signed(bench, running[0])
            yield from delayed(bench)
        if chosen.million:
            yield from many(bench, running[0], 1_000_000)


def main() -> None:
    """Print a line as soon as it is measured."""
    asked = argparse.ArgumentParser(prog="bench", description=__doc__)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--sizes", type=int, nargs="+", default=[*SIZES], metavar="KB")
    asked.add_argument("--million", action="store_true", help="also 1,000,000 people")
    asked.add_argument("--short", action="store_true", help="SQLite, no client of others")
    for row in rows(asked.parse_args()):
        print(row, flush=True)
    print(AIMS)


if __name__ == "__main__":
    sys.exit(main())
