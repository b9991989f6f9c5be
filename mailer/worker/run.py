"""The worker: threads that do jobs, and a clock that finds what no hint told of."""

import gc
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import Never

from flask import Flask
from huey.consumer import Consumer, Scheduler

from mailer import shutdown
from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import campaigns, claims
from mailer.rights import jobs as rights
from mailer.worker import beats, queue
from mailer.worker.beats import Identity
from mailer.worker.loop import Loop
from mailer.worker.queue import Queue
from mailer.worker.schedule import Lane

# A campaign, an import and a purge may keep all of the second busy; a confirmation waits for none.
THREADS = {Lane.PROMPT: 2, Lane.LONG: 3}
# How long what has begun may go on after the signal to stop.
GRACE_SECONDS = 30
# After the grace, for the way out; then the system ends the process, whatever it is doing.
WAY_OUT_SECONDS = 2
LOOK_AFTER_THREADS_SECONDS = 5
LOOK_FOR_LETTERS_SECONDS = 1
LONGEST_NAP_SECONDS = 0.5


def run(app: Flask) -> Never:
    """Do the jobs until SIGTERM or SIGINT, then leave with status 0; the second one cuts short."""
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    with working(app) as crews:
        while True:
            time.sleep(LOOK_AFTER_THREADS_SECONDS)
            for crew in crews:
                crew.check_worker_health()


def _leave(_signal: int, _frame: object) -> Never:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.alarm(GRACE_SECONDS + WAY_OUT_SECONDS)
    raise SystemExit(0)


@contextmanager
def working(app: Flask) -> Iterator[Sequence[Consumer]]:
    """Do the jobs while the block lasts; what has begun at its end is finished.

    Whom a restored backup brought back is forgotten before the first: nobody writes to them.
    """
    with app.app_context():
        rights.replay_erasures()
    # What is loaded by now stays: looked through again and again, it costs a fifth of a campaign.
    gc.freeze()
    shutdown.stopping(app).clear()
    jobs, who = queue.of(app), beats.identity(now())
    crews = (Crew(jobs, Lane.PROMPT), Watch(jobs, who))
    for crew in crews:
        crew.start()
    sender = Sender(jobs.loop)
    sender.start()
    try:
        yield crews
    finally:
        shutdown.request(app)
        _finish(crews, sender)
        jobs.loop.guard("beat", lambda: _end(who))


def _finish(crews: Sequence[Consumer], sender: Thread) -> None:
    """Begin nothing more, and wait for what has begun, for all threads together."""
    ends_at = time.monotonic() + GRACE_SECONDS
    for crew in crews:
        crew.stop()
    for crew in crews:
        crew.shutdown_timeout = max(ends_at - time.monotonic(), 0)
        crew.stop(graceful=True)
    sender.join(max(ends_at - time.monotonic(), 0))


def _end(who: Identity) -> None:
    with transaction():
        beats.end(who)


class Sender(Thread):
    """Takes this worker's part in every campaign, with no hint: one would reach one worker only."""

    def __init__(self, loop: Loop) -> None:
        super().__init__(name="sender", daemon=True)
        self._loop = loop

    def run(self) -> None:
        """Look every second whether somebody is due a letter."""
        while not self._loop.stopping.wait(LOOK_FOR_LETTERS_SECONDS):
            self._loop.guard("sender", self._look)

    def _look(self) -> None:
        if claims.is_somebody_due(now()):
            self._loop.run(campaigns.SEND)


class Crew(Consumer):  # type: ignore[misc]  # Huey ships no types
    """The threads of one lane."""

    def __init__(self, jobs: Queue, lane: Lane) -> None:
        super().__init__(
            jobs.engines[lane].huey,
            workers=THREADS[lane],
            initial_delay=0.05,
            max_delay=LONGEST_NAP_SECONDS,
            periodic=False,
        )

    def _set_signal_handlers(self) -> None:
        """None of Huey's: they belong to whoever owns the process."""


class Watch(Crew):
    """The threads for what takes long, and the clock of the worker."""

    def __init__(self, jobs: Queue, who: Identity) -> None:
        self._queue, self._who = jobs, who
        super().__init__(jobs, Lane.LONG)

    def _create_scheduler(self) -> Scheduler:
        return Clock(self._queue, self._who, self.stop_flag)


class Clock(Scheduler):  # type: ignore[misc]  # Huey ships no types
    """Looks every second for hints whose hour has come, and for jobs whose turn it is; it beats."""

    periodic_task_seconds = 1

    def __init__(self, jobs: Queue, who: Identity, stop_flag: object) -> None:
        super().__init__(jobs.engines[Lane.LONG].huey, stop_flag, interval=1, periodic=True)
        self._queue, self._who = jobs, who
        self._beat_at = time.monotonic()

    def enqueue_periodic_tasks(self, _now: object) -> None:
        """Put the jobs in the queue whose turn has come, and say that the worker is alive."""
        self._queue.loop.guard("clock", self._queue.put_due)
        if time.monotonic() >= self._beat_at:
            self._beat_at = time.monotonic() + beats.EVERY.total_seconds()
            self._queue.loop.guard("beat", self._beat)

    def _beat(self) -> None:
        with transaction():
            beats.beat(self._who, self._queue.loop.doing, now())
