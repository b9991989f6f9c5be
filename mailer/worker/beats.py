"""Workers say every few seconds that they are alive, and what they are doing."""

import os
import secrets
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version

from sqlalchemy import delete, exists, select, update

from mailer.db import db
from mailer.worker.models import WorkerBeat

EVERY = timedelta(seconds=10)
# Several beats were missed: it is dead, or cannot reach the database.
SILENT = timedelta(seconds=60)
FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True)
class Identity:
    """One worker: where it runs, and a part at random, since numbers of processes come again."""

    worker: str
    host: str
    version: str
    started_at: datetime


def identity(at: datetime) -> Identity:
    """A new worker in this process."""
    host = socket.gethostname()
    worker = f"{host}:{os.getpid()}:{secrets.token_hex(4)}"
    return Identity(worker, host, _version(), at)


def _version() -> str:
    try:
        return version("mailer")
    except PackageNotFoundError:
        # It runs from its source, which has no number yet.
        return ""


def beat(of: Identity, doing: Iterable[str], at: datetime) -> None:
    """Note that the worker is alive; forget those that have long been silent."""
    db.session.execute(delete(WorkerBeat).where(WorkerBeat.beat_at < at - FORGOTTEN))
    values = {"beat_at": at, "doing": " ".join(doing)}
    beating = update(WorkerBeat).where(WorkerBeat.worker == of.worker).values(values)
    if not db.session.connection().execute(beating).rowcount:
        db.session.add(
            WorkerBeat(
                worker=of.worker,
                host=of.host,
                version=of.version,
                started_at=of.started_at,
                **values,
            )
        )


def end(of: Identity) -> None:
    """A worker that ends as it should takes its row with it."""
    db.session.execute(delete(WorkerBeat).where(WorkerBeat.worker == of.worker))


def known() -> Sequence[WorkerBeat]:
    """The workers that beat within the last day, the one that beat last first."""
    return db.session.scalars(
        select(WorkerBeat).order_by(WorkerBeat.beat_at.desc(), WorkerBeat.worker)
    ).all()


def is_silent(worker: WorkerBeat, at: datetime) -> bool:
    """Whether it has missed too many beats to be alive."""
    return worker.beat_at < at - SILENT


def are_all_silent(at: datetime) -> bool:
    """Whether no worker is alive, so that nothing is done."""
    alive = exists().where(WorkerBeat.beat_at >= at - SILENT)
    return not db.session.scalar(select(alive))
