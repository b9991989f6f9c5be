"""`mailer bench import`: how fast a file of addresses is taken, and in how much memory."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread

import click
from flask import Flask, current_app

from mailer.cli.bench_office import DATABASE, office
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.ledger import take_turn
from mailer.consent.models import NoticeKind
from mailer.consent.notices import in_force
from mailer.db import db, transaction
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.imports import jobs, operations, queries, storage
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.lists import ListData

FOREVER = datetime.max.replace(tzinfo=UTC)
DOMAINS = 50
PAUSE_SECONDS = 0.3


@click.command("import")
@click.option("--rows", default=1_000_000, show_default=True, help="How many lines.")
@DATABASE
def import_(rows: int, database: str) -> None:
    """Take a file of new addresses, each with its proof in the ledger."""
    with office(database):
        for line in measured(rows):
            click.echo(line)


def measured(rows: int) -> Iterator[str]:
    """What reading and taking took, and how long somebody who signed up meanwhile had to wait."""
    import_id = receive(rows)
    took: dict[str, Took] = {}
    with signing_up() as waited:
        with timed(took, "reading"):
            jobs.advance(import_id, FOREVER)
        with transaction():
            operations.approve(import_id, "bench", now())
        with timed(took, "taking"):
            jobs.advance(import_id, FOREVER)
    taken = queries.find(import_id).taken.get("new", 0)
    yield f"database    {db.engine.dialect.name}"
    yield f"lines       {taken:,}"
    for name, one in took.items():
        own = one.own / rows * 1e6
        yield f"{name:<11} {rows / one.seconds:,.0f} lines per second, {own:,.0f} µs of ours a line"
    yield f"together    {rows / sum(one.seconds for one in took.values()):,.0f} lines per second"
    yield f"longest wait {max(waited, default=0):,.2f} s, of {len(waited)}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    yield f"peak memory {peak / 1e6:,.0f} MB"


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of this process alone: another program slows the first only."""

    seconds: float
    own: float


@contextmanager
def timed(took: dict[str, Took], name: str) -> Iterator[None]:
    """Note how long the block took."""
    began, own = time.perf_counter(), time.process_time()
    yield
    took[name] = Took(time.perf_counter() - began, time.process_time() - own)


@contextmanager
def signing_up() -> Iterator[list[float]]:
    """Ask for the ledger's turn all the while, as a sign-up does; how long each had to wait."""
    waited: list[float] = []
    over = Event()
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - werkzeug's way to another thread
    visitor = Thread(target=_sign_up, args=(app, over, waited))
    visitor.start()
    yield waited
    over.set()
    visitor.join()


def _sign_up(app: Flask, over: Event, waited: list[float]) -> None:
    with app.app_context():
        while not over.wait(PAUSE_SECONDS):
            began = time.perf_counter()
            with transaction():
                take_turn()
                waited.append(time.perf_counter() - began)


def receive(rows: int) -> int:
    """A file of that many lines, described and proven; the number of its import."""
    path = Path(current_app.config["DATA_FOLDER"], "bench.csv")
    with path.open("w", encoding="utf-8") as file:
        file.write("email,name\n")
        file.writelines(f"person.{n}@d{n % DOMAINS}.exemple.fr,Person {n}\n" for n in range(rows))
    with path.open("rb") as source, storage.arrived(source) as file, transaction():
        notice = in_force(NoticeKind.FULL, "fr")
        consent.keep_notice(notice, now())
        letter = subscriptions.create_list(ListData("Bench", "Bench", "Bench"), "bench")
        row = operations.receive(file, path.name, "bench", now())
        origin = Origin("Bench", date(2026, 1, 1), notice.sha256, "Bench")
        operations.describe(row.id, letter.id, operations.layout(row), origin, now())
        return row.id
