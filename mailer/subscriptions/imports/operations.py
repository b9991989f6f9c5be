"""A file comes in, is described, read, approved, written, and perhaps taken back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mailer import clock
from mailer.audit.operations import record
from mailer.db import db, hint
from mailer.errors import Conflict
from mailer.subscriptions.imports import queries, storage, tables
from mailer.subscriptions.imports.columns import Layout, Role, guess
from mailer.subscriptions.imports.faults import Trouble, Unreadable
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.imports.stages import WORKING, Stage, Step, after
from mailer.subscriptions.imports.storage import Arrived
from mailer.subscriptions.imports.tables import Table

JOB = "import-addresses"
ASK = "ask-imported"
# The longest that one piece of work takes; whoever has not renewed the lease by then is dead.
LEASE = timedelta(minutes=2)
UNDO_WITHIN = timedelta(hours=24)


@dataclass(frozen=True)
class Origin:
    """Where the addresses come from, as whoever answers for it says."""

    source: str
    collected_on: date | None
    notice_sha256: str | None
    answerable: str


def receive(file: Arrived, file_name: str, actor: str, at: datetime) -> Import:
    """Keep the file and look at its header; raises Unreadable, and then nothing is kept."""
    row = Import(stage=Stage.RECEIVED, file_name=file_name[:200], actor=actor, received_at=at)
    row.encoding = row.separator = row.product = ""
    row.sha256, row.header = file.sha256, []
    db.session.add(row)
    db.session.flush()
    try:
        storage.keep(file, row.id)
        _look(row)
    except Unreadable:
        storage.forget(row.id)
        raise
    record(actor, "receive", row.origin)
    db.session.flush()
    return row


def _look(row: Import) -> None:
    path = storage.table(row.id)
    table = tables.recognise(path)
    header = next(tables.rows(path, table), None)
    if header is None or not any(header):
        raise Unreadable(Trouble.NOTHING)
    layout = guess(header)
    row.encoding, row.separator, row.header = table.encoding, table.separator, header
    row.roles, row.product = [role.value for role in layout.roles], layout.product


def describe(import_id: int, list_id: int, layout: Layout, origin: Origin, at: datetime) -> None:
    """Say what the columns hold and where the addresses come from, and have the file read."""
    row = queries.held(import_id)
    row.stage, row.list_id = after(row.stage, Step.DESCRIBE), list_id
    row.roles, row.product = [role.value for role in layout.roles], layout.product
    row.source, row.collected_on = origin.source, origin.collected_on
    row.notice_sha256, row.answerable = origin.notice_sha256, origin.answerable
    path = storage.table(import_id)
    row.rows_total = tables.count(path, table(row)) if path.exists() else 0
    _begin(row, at)


def approve(import_id: int, actor: str, at: datetime) -> None:
    """Have the addresses taken."""
    row = queries.held(import_id)
    row.stage = after(row.stage, Step.APPROVE)
    row.rows_total, row.approved_at = queries.waiting(import_id), at
    record(actor, "import", row.origin)
    _begin(row, at)


def claim(import_id: int, at: datetime) -> None:
    """Be the one who is at the import; raises Conflict while somebody else is."""
    row = queries.held(import_id)
    if row.lease_until is not None and row.lease_until > at:
        raise Conflict("somebody is at this import")
    row.lease_until = at + LEASE


def undo(import_id: int, actor: str, at: datetime) -> None:
    """Have taken back what the import made; raises Conflict after a day."""
    row = queries.held(import_id)
    if row.done_at is None or at > row.done_at + UNDO_WITHIN:
        raise Conflict("too late to undo")
    row.stage = after(row.stage, Step.UNDO)
    row.rows_total = made(row)
    record(actor, "undo", row.origin)
    _begin(row, at)


def ask(import_id: int, actor: str, at: datetime) -> None:
    """Have those without proof asked, once each; raises Conflict when it was done."""
    row = queries.held(import_id)
    if row.stage != Stage.DONE or row.asked_at is not None:
        raise Conflict("asked already")
    row.asked_at = at
    record(actor, "ask", row.origin)
    hint(ASK)


def discard(import_id: int, actor: str) -> None:
    """Forget the file and what was read of it."""
    row = queries.held(import_id)
    row.stage = after(row.stage, Step.DROP)
    record(actor, "drop", row.origin)
    _clear(row)


def finish_reading(row: Import, counts: dict[str, int]) -> None:
    """Note what would become of each address; nothing is written yet."""
    row.stage, row.counts = after(row.stage, Step.FINISH), counts
    row.rows_done, row.lease_until = row.rows_total, None


def finish(row: Import, at: datetime) -> None:
    """Note that all is taken, or taken back; the addresses that waited are not needed any more."""
    row.stage, row.lease_until = after(row.stage, Step.FINISH), None
    if row.stage == Stage.DONE:
        row.done_at = at
    _clear(row)


def fail(row: Import, error: Unreadable) -> None:
    """Note why the file can be read no further; nothing of it is kept."""
    row.stage = after(row.stage, Step.FAIL)
    row.trouble, row.trouble_line, row.lease_until = error.trouble, error.line, None
    _clear(row)


def expire(import_id: int, before: datetime) -> None:
    """Forget the files of an import that came before that time, and drop one never approved."""
    if not queries.is_known(import_id):
        # What brought it was taken back, and only the file stayed.
        storage.forget(import_id)
        return
    row = queries.held(import_id)
    if row.received_at >= before or row.stage in WORKING:
        return
    if row.stage in {Stage.RECEIVED, Stage.READ}:
        row.stage = after(row.stage, Step.DROP)
    storage.forget(row.id)


def _clear(row: Import) -> None:
    """Remove the file; what was set aside stays to be read until the day is over.

    The worker removes the addresses that were read, a few at a time.
    """
    storage.table(row.id).unlink(missing_ok=True)
    if row.stage == Stage.DROPPED:
        storage.forget(row.id)
    hint(JOB)


def _begin(row: Import, at: datetime) -> None:
    row.began_at, row.rows_done, row.lease_until = at, 0, None
    db.session.flush()
    hint(JOB)


def layout(row: Import) -> Layout:
    """What the columns of the import's file hold."""
    return Layout(tuple(Role(role) for role in row.roles), row.product)


def table(row: Import) -> Table:
    """How the import's file is read."""
    return Table(row.encoding, row.separator)


def made(row: Import) -> int:
    """How many addresses the import wrote, which taking it back would look at."""
    return int(row.taken.get("new", 0) + row.taken.get("unproven", 0))


def is_undoable(row: Import) -> bool:
    """Whether the import can still be taken back."""
    return (
        row.stage == Stage.DONE
        and row.done_at is not None
        and clock.now() <= row.done_at + UNDO_WITHIN
    )
