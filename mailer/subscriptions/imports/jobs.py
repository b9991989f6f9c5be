"""The worker's part: read, write, take back, ask, tidy up; a chunk in each transaction.

A lease says who is at an import. After a crash it ends, and the next worker goes on.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from flask import current_app

from mailer.clock import now
from mailer.consent.subjects import fingerprints_of
from mailer.db import db, hint, transaction
from mailer.subscriptions.imports import (
    asking,
    operations,
    planning,
    queries,
    staging,
    storage,
    writing,
)
from mailer.subscriptions.imports.faults import Unreadable
from mailer.subscriptions.imports.judging import rules
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.imports.progress import Pace
from mailer.subscriptions.imports.reading import Reading
from mailer.subscriptions.imports.stages import Stage
from mailer.web.language import LANGUAGES

# The worker's other jobs, and its end, need not wait longer for an import.
TURN = timedelta(seconds=20)
FILES_LIE = timedelta(hours=24)
# SQLite's writers ask for the lock every 100 ms: between two chunks each gets a turn.
BREATH_SECONDS = 0.12


def run() -> None:
    """Do what any import waits for, for one turn; run twice, it finds nothing more."""
    ends = now() + TURN
    while now() < ends and (claimed := _claim()) is not None:
        advance(claimed, ends)
    sweep()


def advance(import_id: int, until: datetime) -> None:
    """Do the work of the import's stage, or as much of it as fits in the time."""
    for _done in chunks(import_id):
        if now() >= until:
            _release(import_id)
            return
        breathe()


def chunks(import_id: int) -> Iterator[None]:
    """Do the work of the import's stage, a chunk at each step."""
    step, pace = STEPS[queries.find(import_id).stage], Pace()
    began = time.monotonic()
    while step(import_id, pace.rows):
        pace = pace.after(time.monotonic() - began)
        yield
        began = time.monotonic()


def _claim() -> int | None:
    with transaction():
        row = queries.next_work(now())
        if row is None:
            return None
        row.lease_until = now() + operations.LEASE
        return row.id


def _release(import_id: int) -> None:
    with transaction():
        queries.held(import_id).lease_until = None
        hint(operations.JOB)


def read(import_id: int, _rows: int) -> bool:
    """Read the whole file and count what would become of each address."""
    with transaction():
        planning.prepare()
        staging.drop(import_id)
    reading = _reading(import_id)
    try:
        counts = _stage(reading)
    except Unreadable as error:
        with transaction():
            operations.fail(queries.held(import_id), error)
        return False
    with transaction():
        operations.finish_reading(queries.held(import_id), dict(counts + reading.counts))
    return False


def _reading(import_id: int) -> Reading:
    most = current_app.config["IMPORT_MAX_ROWS"]
    return Reading(import_id, fingerprints_of, most, lambda rows: _tell(import_id, rows))


def _stage(reading: Reading) -> Counter[str]:
    row = queries.find(reading.import_id)
    layout, table = operations.layout(row), operations.table(row)
    rule = rules(layout, row.header, LANGUAGES, LANGUAGES[0])
    # No transaction stays open while a file is read.
    db.session.rollback()
    counts: Counter[str] = Counter()
    for chunk in reading.chunks(table, rule):
        with transaction():
            planning.prepare()
            staging.put(chunk)
            row = _renew(reading.import_id)
            counts += staging.count(row, chunk[0][1], chunk[-1][1])
        breathe()
    return counts


def write(import_id: int, rows: int) -> bool:
    """Take the next of the addresses that were approved; whether more may wait."""
    with transaction():
        planning.prepare()
        row = _renew(import_id)
        if row.stage != Stage.WRITING:
            return False
        taken = writing.take(row, now(), rows)
        row.rows_done += taken.total()
        row.taken = dict(Counter(row.taken) + taken)
        if not taken:
            operations.finish(row, now())
        return bool(taken)


def take_back(import_id: int, rows: int) -> bool:
    """Remove the next of what the import made; whether more may be left."""
    with transaction():
        planning.prepare()
        row = _renew(import_id)
        if row.stage != Stage.UNDOING:
            return False
        gone = writing.take_back(row, rows)
        row.rows_done += gone
        if not gone:
            operations.finish(row, now())
        return gone > 0


STEPS: dict[Stage, Callable[[int, int], bool]] = {
    Stage.READING: read,
    Stage.WRITING: write,
    Stage.UNDOING: take_back,
}


def _renew(import_id: int) -> Import:
    row = queries.held(import_id)
    row.lease_until = now() + operations.LEASE
    return row


def _tell(import_id: int, rows: int) -> None:
    with transaction():
        _renew(import_id).rows_done = rows


def ask() -> None:
    """Ask the people without proof, once each; run twice, it finds nobody more."""
    while True:
        with transaction():
            if not asking.ask_next(now()):
                return


def sweep() -> None:
    """Remove addresses that nobody waits for, and files that have lain for a day."""
    while _sweep_rows():
        breathe()
    before = now() - FILES_LIE
    storage.forget_arrived(before)
    with transaction():
        for import_id in storage.older(before):
            operations.expire(import_id, before)


def _sweep_rows() -> bool:
    with transaction():
        planning.prepare()
        found = queries.first_spent()
        return found is not None and staging.drop_some(found)


def breathe() -> None:
    """Let others write."""
    if db.engine.dialect.name == "sqlite":
        time.sleep(BREATH_SECONDS)
