"""`mailer bench import`: how fast a file of addresses is taken, and in how much memory."""

import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click
from flask import current_app

from mailer.app import create_app
from mailer.cli.migrate import bring_up_to_date
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import NoticeKind
from mailer.consent.notices import in_force
from mailer.db import db, transaction
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.imports import jobs, operations, queries
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.lists import ListData

FOREVER = datetime.max.replace(tzinfo=UTC)
DOMAINS = 50


@click.command("import")
@click.option("--rows", default=1_000_000, show_default=True, help="How many lines.")
@click.option(
    "--database", default="", help="An empty PostgreSQL database; SQLite where none is named."
)
def import_(rows: int, database: str) -> None:
    """Take a file of new addresses, each with its proof in the ledger."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"DATA_FOLDER": folder, "DATABASE_URL": database, "QUEUE_URL": ""})
        with app.app_context():
            bring_up_to_date()
            for line in measured(rows):
                click.echo(line)
            db.session.remove()
            db.engine.dispose()


def measured(rows: int) -> Iterator[str]:
    """What reading and taking took."""
    import_id = receive(rows)
    took: dict[str, float] = {}
    with timed(took, "reading"):
        jobs.advance(import_id, FOREVER)
    with transaction():
        operations.approve(import_id, "bench", now())
    with timed(took, "taking"):
        jobs.advance(import_id, FOREVER)
    taken = queries.find(import_id).taken.get("new", 0)
    yield f"database    {db.engine.dialect.name}"
    yield f"lines       {taken:,}"
    for name, seconds in took.items():
        yield f"{name:<11} {seconds:,.1f} s, {rows / seconds:,.0f} lines per second"
    yield f"together    {rows / sum(took.values()):,.0f} lines per second"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    yield f"peak memory {peak / 1e6:,.0f} MB"


@contextmanager
def timed(took: dict[str, float], name: str) -> Iterator[None]:
    """Note how long the block took."""
    began = time.perf_counter()
    yield
    took[name] = time.perf_counter() - began


def receive(rows: int) -> int:
    """A file of that many lines, described and proven; the number of its import."""
    path = Path(current_app.config["DATA_FOLDER"], "bench.csv")
    with path.open("w", encoding="utf-8") as file:
        file.write("email,name\n")
        file.writelines(f"person.{n}@d{n % DOMAINS}.exemple.fr,Person {n}\n" for n in range(rows))
    with path.open("rb") as file, transaction():
        notice = in_force(NoticeKind.FULL, "fr")
        consent.keep_notice(notice, now())
        letter = subscriptions.create_list(ListData("Bench", "Bench", "Bench"), "bench")
        row = operations.receive(file, path.name, "bench", now())
        origin = Origin("Bench", date(2026, 1, 1), notice.sha256, "Bench")
        operations.describe(row.id, letter.id, operations.layout(row), origin, now())
        return row.id
