"""How a job is run: in a context of its own, one run of each at a time, whatever happens in it."""

from collections.abc import Callable, Sequence
from threading import Lock
from time import perf_counter

from flask import Flask
from structlog import get_logger

from mailer import shutdown
from mailer.web.errors import where
from mailer.worker.schedule import JOBS, Job

log = get_logger()


class Loop:
    """Runs jobs for the threads of one worker."""

    def __init__(self, app: Flask, jobs: Sequence[Job] = JOBS) -> None:
        self._app = app
        self._jobs = {job.name: job.function for job in jobs}
        self._lock = Lock()
        self._running: set[str] = set()
        self._wanted: set[str] = set()
        self.stopping = shutdown.stopping(app)

    def run(self, job: str) -> None:
        """Run the job; while it runs, have it run once more instead, however often asked."""
        if job not in self._jobs:
            log.warning("job.unknown", job=job)
            return
        with self._lock:
            self._wanted.add(job)
            if job in self._running:
                return
            self._running.add(job)
        while self._is_wanted(job):
            self.guard(job, self._jobs[job])

    @property
    def doing(self) -> list[str]:
        """The names of the jobs that are running."""
        with self._lock:
            return sorted(self._running)

    def _is_wanted(self, job: str) -> bool:
        with self._lock:
            if job in self._wanted and not self.stopping.is_set():
                self._wanted.discard(job)
                return True
            self._running.discard(job)
            return False

    def guard(self, job: str, function: Callable[[], None]) -> None:
        """Call the function; what it raises is logged, by its kind and place alone."""
        started = perf_counter()
        try:
            with self._app.app_context():
                function()
        except Exception as error:  # noqa: BLE001 - a fault of one job must not end the worker
            log.error(  # noqa: TRY400 - the traceback may hold values
                "job.failed", job=job, kind=type(error).__name__, where=where(error.__traceback__)
            )
        else:
            log.debug("job.done", job=job, ms=round((perf_counter() - started) * 1000))
