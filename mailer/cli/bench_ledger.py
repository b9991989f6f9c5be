"""`mailer bench ledger`: how fast events are added to the ledger, and how fast it is verified."""

import resource
import time
from collections.abc import Iterator

import click

from mailer.cli.bench_office import DATABASE, office
from mailer.clock import now
from mailer.consent import operations, verification
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.db import db, transaction

ALONE = 500
CHUNK = 5_000


@click.command()
@click.option("--events", default=100_000, show_default=True, help="How many are added in bulk.")
@DATABASE
def ledger(events: int, database: str) -> None:
    """Add events one transaction each, then many at once, and verify them all."""
    with office(database):
        for line in measured(events):
            click.echo(line)


def measured(events: int) -> Iterator[str]:
    """What each way took: one person an event, with an address and a page sealed."""
    yield f"database     {db.engine.dialect.name}"
    began = clocks()
    for one in entries(0, ALONE):
        with transaction():
            operations.record(one.fingerprint, one.purpose, one.kind, one.evidence)
    yield told("one by one", ALONE, began)
    began = clocks()
    for first in range(ALONE, ALONE + events, CHUNK):
        with transaction():
            operations.record_many(entries(first, min(CHUNK, ALONE + events - first)))
    yield told("in bulk", events, began)
    began = clocks()
    verdict = verification.verify()
    yield told("verified", verdict.events, began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    yield f"peak memory  {peak / 1e6:,.0f} MB"


def entries(first: int, number: int) -> list[Entry]:
    """Events of people whom nobody knows yet."""
    at = now()
    return [
        Entry(
            f"{n:064x}",
            "list:bench",
            Kind.IMPORTED,
            Evidence(Method.IMPORT, at, page="/inscriptions", address=f"p{n}@exemple.fr"),
        )
        for n in range(first, first + number)
    ]


def clocks() -> tuple[float, float]:
    """The wall's clock, and this process's own: another program slows the first alone."""
    return time.perf_counter(), time.process_time()


def told(name: str, number: int, began: tuple[float, float]) -> str:
    """One line of figures."""
    seconds, own = (now - then for now, then in zip(clocks(), began, strict=True))
    each = f"{seconds / number * 1e6:,.0f} µs each, {own / number * 1e6:,.0f} of them ours"
    return f"{name:<12} {number / seconds:,.0f} a second, {each}"
