"""The queue of hints: a SQLite file beside the data, or PostgreSQL. Only this package knows Huey.

A hint says that a job has something to do. It may be lost or doubled: the rows of the database
say what is to be done, and every job looks at them by itself now and then.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

import psycopg
from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer
from structlog import get_logger

from mailer.clock import now
from mailer.db import Hint, committed, transaction
from mailer.worker import turns
from mailer.worker.loop import Loop
from mailer.worker.schedule import JOBS, Job, Lane

log = get_logger()

KEY = "queue"
FILE = "queue.sqlite"


class JobNames(Serializer):  # type: ignore[misc]  # Huey ships no types
    """Tasks as JSON; the library's own way would run any code that somebody writes in the queue."""

    def _serialize(self, data: Message) -> bytes:
        eta = data.eta.isoformat() if data.eta else None
        return json.dumps([data.id, data.name, eta, list(data.args)]).encode()

    def _deserialize(self, data: bytes) -> Message:
        number, name, eta, args = json.loads(bytes(data))
        when = datetime.fromisoformat(eta) if eta else None
        return Message(id=number, name=name, eta=when, args=tuple(args), kwargs={})


class Engine:
    """The engine of one lane, with the one task that it knows: run a job."""

    def __init__(self, huey: Huey, loop: Loop) -> None:
        self.huey = huey
        self.task = huey.task(name="job")(loop.run)


class Queue:
    """The queue of one application; it is opened when it is first needed."""

    def __init__(self, app: Flask, jobs: Sequence[Job] = JOBS) -> None:
        self._jobs = jobs
        self._lanes = {job.name: job.lane for job in jobs}
        self._url = app.config["QUEUE_URL"]
        self._file = Path(app.config["DATA_FOLDER"]) / FILE
        self._seen: dict[Job, int] = {}
        self.loop = Loop(app, jobs)

    @cached_property
    def engines(self) -> Mapping[Lane, Engine]:
        """A queue for each lane, in the same file or database."""
        return {lane: Engine(self._open(f"mailer-{lane}"), self.loop) for lane in Lane}

    def _open(self, name: str) -> Huey:
        options = {"results": False, "serializer": JobNames()}
        if self._url:
            return PostgresHuey(name, dsn=self._url, **options)
        return SqliteHuey(name, filename=str(self._file), **options)

    def put(self, job: str, at: datetime | None = None) -> None:
        """Have some worker run the job, now or then."""
        engine = self.engines[self._lanes.get(job, Lane.LONG)]
        engine.huey.enqueue(engine.task.s(job, eta=at))

    def put_due(self) -> None:
        """Have some worker run the jobs whose turn has come, unless another worker saw to that."""
        at = now()
        come = {job: turns.number(job.every, at) for job in self._jobs}
        if come == self._seen:
            return
        with transaction():
            taken = turns.take(come, at)
        for name in taken:
            self.put(name)
        self._seen = come


def of(app: Flask) -> Queue:
    """The queue of the application."""
    queue: Queue = app.extensions[KEY]
    return queue


def install(app: Flask) -> None:
    """Give the application its queue."""
    app.extensions[KEY] = Queue(app)


@committed.connect
def pass_on(hint: Hint) -> None:
    """Put a committed hint in the queue; one that cannot be put is found again by its job."""
    try:
        of(current_app).put(hint.job, hint.at)
    except (sqlite3.Error, psycopg.Error) as error:
        log.warning("queue.unreachable", job=hint.job, kind=type(error).__name__)
