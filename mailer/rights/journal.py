"""The journal of erasures: a restored backup must not bring back whom it forgot.

A row is written with the erasure; a job copies it into a file beside the data, which no restore
of the database takes back. Both hold a fingerprint and a time.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import select, update

from mailer import appended
from mailer.db import db, hint
from mailer.rights.models import ErasureEntry

JOB = "write-erasures"
FILE = "erasures.jsonl"


@dataclass(frozen=True)
class Line:
    """Who was erased, and when."""

    fingerprint: str
    at: datetime


def note(fingerprint: str, at: datetime) -> None:
    """Note the erasure with the transaction; the file follows once it is committed."""
    db.session.add(ErasureEntry(fingerprint=fingerprint, at=at))
    db.session.flush()
    hint(JOB)


def path() -> Path:
    """Where the file lies."""
    return Path(current_app.config["DATA_FOLDER"]) / FILE


def unwritten() -> list[ErasureEntry]:
    """The erasures that the file does not hold yet, the oldest first."""
    waiting = select(ErasureEntry).where(ErasureEntry.written_at.is_(None))
    return list(db.session.scalars(waiting.order_by(ErasureEntry.id)))


def mark(ids: list[int], at: datetime) -> None:
    """Say that the file holds them."""
    db.session.execute(update(ErasureEntry).where(ErasureEntry.id.in_(ids)).values(written_at=at))


def append(lines: Sequence[Line]) -> None:
    """Add the lines to the file, on the disk before it returns; only its owner may read it."""
    if lines:
        appended.add(path(), _said(lines))


def _said(lines: Sequence[Line]) -> str:
    told = ({"at": line.at.isoformat(), "fingerprint": line.fingerprint} for line in lines)
    return "".join(json.dumps(one) + "\n" for one in told)


def read() -> Iterator[Line]:
    """What the file holds, the oldest first."""
    for text in appended.lines(path()):
        said = json.loads(text)
        yield Line(said["fingerprint"], datetime.fromisoformat(said["at"]))


def forget(before: datetime) -> None:
    """Let go of the lines that are older: no backup from before them is kept any more."""
    held = list(read())
    kept = [line for line in held if line.at >= before]
    if kept != held:
        appended.replace(path(), _said(kept))


def missing() -> list[Line]:
    """What the file holds and the database does not: it was restored from before then."""
    known = set(db.session.execute(select(ErasureEntry.fingerprint, ErasureEntry.at)))
    # A line may stand twice, when the power failed before the table said that it is written.
    told = dict.fromkeys(read())
    return [line for line in told if (line.fingerprint, line.at) not in known]


def take_in(lines: Sequence[Line]) -> None:
    """Have the database know again what the file never forgot."""
    for line in lines:
        row = ErasureEntry(fingerprint=line.fingerprint, at=line.at, written_at=line.at)
        db.session.add(row)
    db.session.flush()
