"""A backup is put back: what was decided since then is decided again before anything is served.

checked | fits ─ at rest ─ the database, then the files ─ migrated ─ erasures and withdrawals
replayed ─ campaigns paused | the journal and the vault follow. Until then the database is marked
(schema.is_half_restored).
"""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import delete, text

from mailer import appended, owners, schema
from mailer.accounts import session_rows
from mailer.audit import anchors as audit_anchors
from mailer.audit import operations as audit
from mailer.backups import dumps, manifest, taking
from mailer.backups.manifest import Manifest
from mailer.clock import paris_day
from mailer.consent import restorations, withdrawals
from mailer.db import Base, db
from mailer.delivery import restoring as delivery
from mailer.errors import Conflict, Invalid
from mailer.progress import Begin, silently
from mailer.resources import folder
from mailer.rights import erasure, queries, vault
from mailer.subscriptions import leaving_again

MIGRATIONS = folder("migrations")
ACTOR = "job:restore"


@dataclass(frozen=True)
class Restored:
    """What was done after the data were back."""

    erased_again: int
    left_again: int
    paused: int


def checked(place: Path) -> Manifest:
    """The manifest of a backup that is whole; raises Invalid, naming what is damaged."""
    try:
        told = manifest.read((place / manifest.FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Invalid(f"{place} holds no {manifest.FILE}: it is no backup") from None
    found = dict(taking.sums(place))
    if wrong := sorted(name for name in told.files if found.get(name) != told.files[name]):
        raise Invalid(f"{wrong[0]} is missing or was changed since the backup was taken")
    dumps.check(place / dumps.NAMES[told.dialect])
    return told


def fits(told: Manifest) -> None:
    """Raise Conflict when this version cannot put it in the place of what is here."""
    here = dumps.dialect(current_app.config["DATABASE_URL"])
    if told.dialect != here:
        raise Conflict(f"the backup is of {told.dialect}, DATABASE_URL names {here}")
    try:
        ScriptDirectory(str(MIGRATIONS)).get_revision(told.revision)
    except CommandError:
        raise Conflict(
            f"the backup was made by a newer mailer (tables of {told.revision}): install that one"
        ) from None


def loses_nothing(told: Manifest) -> None:
    """Raise Conflict when the ledger was anchored after the last event of the backup."""
    if beyond := restorations.anchors_beyond(told.seq):
        last = beyond[-1].mark
        raise Conflict(
            f"the ledger was anchored at event {last.seq} on {paris_day(last.at)}, the backup ends"
            f" at event {told.seq}: {last.seq - told.seq} consents or withdrawals at least would be"
            " lost. Restore a newer backup, or add --accept-loss: the ledger will say so for good"
        )


def put_back(place: Path, told: Manifest) -> None:
    """The data of the backup in the place of those that are here; nothing may be running."""
    url = current_app.config["DATABASE_URL"]
    db.session.remove()
    db.engine.dispose()
    dumps.load(place / dumps.NAMES[told.dialect], url)
    if wrong := manifest.differences(told.rows, dumps.held(url).rows):
        raise Invalid(f"the table {wrong[0]} does not hold as many rows as the backup says")
    data = Path(current_app.config["DATA_FOLDER"])
    _set_aside(data / audit_anchors.FILE)
    for name in taking.FOLDERS:
        if (place / name).is_dir():
            shutil.copytree(place / name, data / name, dirs_exist_ok=True)
    # What is here may know of more than the backup: only on a new machine is there none.
    for name in taking.FILES:
        if (place / name).is_file() and not (data / name).exists():
            shutil.copy2(place / name, data / name)
    for name in (*taking.FOLDERS, *taking.FILES):
        for path in ((place / name), *(place / name).rglob("*")):
            if (copied := data / path.relative_to(place)).exists():
                owners.give(copied, data)


def _set_aside(anchored: Path) -> None:
    """Keep beside it what the record of the desk was anchored at: no longer compared.

    Added to what is kept already, should the restore be the second.
    """
    if anchored.exists():
        kept = anchored.with_name(f"{anchored.name}.before-restore")
        appended.add(kept, anchored.read_text(encoding="utf-8"))
        anchored.unlink()


def decide_again(told: Manifest, at: datetime, begin: Begin = silently) -> Restored:
    """In one transaction, before anything is served: what the backup does not know of.

    The ledger is marked, who was erased is erased, who left has left, what was leaving waits,
    sessions end.
    """
    db.session.execute(delete(Base.metadata.tables["worker_beat"]))
    restorations.note(told.seq, told.head_hash, at)
    audit.record(ACTOR, "put-back", f"backup:{told.seq}")
    erased = erasure.replay(at, begin("erasures"))
    left = leaving_again.leave_again(withdrawals.beyond(told.seq), begin("withdrawals"))
    paused = delivery.hold_all(ACTOR, at)
    session_rows.end_everybodys(at)
    return Restored(erased, left, paused)


def settle(told: Manifest, at: datetime) -> None:
    """Once that is committed, have what lies beside the database follow it; twice is once.

    The journal of withdrawals holds what the ledger does, the vault no file that no row names.
    """
    withdrawals.cut(told.seq)
    withdrawals.write()
    vault.sweep(queries.sealed_files(), at)


def finish() -> None:
    """Take the mark away, last of all: only now does anything start on this database."""
    db.session.execute(text(f"DROP TABLE {schema.HALF_RESTORED}"))
