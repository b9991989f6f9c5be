"""The worker: threads that do jobs, and a clock that finds what no hint told of."""

import gc
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Never

from flask import Flask
from huey.consumer import Consumer, Scheduler

from mailer import shutdown
from mailer.rights import jobs as rights
from mailer.worker import queue
from mailer.worker.queue import Queue

# A campaign keeps one busy; a confirmation must not wait for it.
THREADS = 3
# How long what has begun may go on after the signal to stop.
GRACE_SECONDS = 30
LOOK_AFTER_THREADS_SECONDS = 5
LONGEST_NAP_SECONDS = 0.5


def run(app: Flask) -> Never:
    """Do the jobs until SIGTERM or SIGINT, then leave with status 0; the second one cuts short."""
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    with working(app) as workers:
        while True:
            time.sleep(LOOK_AFTER_THREADS_SECONDS)
            workers.check_worker_health()


def _leave(_signal: int, _frame: object) -> Never:
    raise SystemExit(0)


@contextmanager
def working(app: Flask) -> Iterator[Consumer]:
    """Do the jobs while the block lasts; what has begun at its end is finished.

    Whom a restored backup brought back is forgotten before the first: nobody writes to them.
    """
    with app.app_context():
        rights.replay_erasures()
    # What is loaded by now stays: looked through again and again, it costs a fifth of a campaign.
    gc.freeze()
    shutdown.stopping(app).clear()
    workers = Workers(app)
    workers.start()
    try:
        yield workers
    finally:
        workers.stop(graceful=True)


class Workers(Consumer):  # type: ignore[misc]  # Huey ships no types
    """The threads."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._queue = queue.of(app)
        super().__init__(
            self._queue.huey,
            workers=THREADS,
            initial_delay=0.05,
            max_delay=LONGEST_NAP_SECONDS,
            shutdown_timeout=GRACE_SECONDS,
        )

    def stop(self, graceful: bool = False) -> None:  # noqa: FBT001, FBT002 - Huey's signature
        """Begin nothing more, and with `graceful` wait for what has begun."""
        shutdown.request(self._app)
        super().stop(graceful)

    def _create_scheduler(self) -> Scheduler:
        return Clock(self._queue, self.stop_flag)

    def _set_signal_handlers(self) -> None:
        """None of Huey's: they belong to whoever owns the process."""


class Clock(Scheduler):  # type: ignore[misc]  # Huey ships no types
    """Looks every second for hints whose hour has come, and for jobs whose turn it is."""

    periodic_task_seconds = 1

    def __init__(self, jobs: Queue, stop_flag: object) -> None:
        super().__init__(jobs.huey, stop_flag, interval=1, periodic=True)
        self._queue = jobs

    def enqueue_periodic_tasks(self, _now: object) -> None:
        """Put the jobs in the queue whose turn has come."""
        self._queue.loop.guard("clock", self._queue.put_due)
