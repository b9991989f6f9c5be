"""When it is a job's turn, and who of several workers takes it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.exc import IntegrityError

from mailer.db import db
from mailer.worker.models import JobTurn
from mailer.worker.schedule import Job

# A turn taken so much later than now was taken by a clock that was wrong.
AHEAD = timedelta(hours=1)


def number(every: timedelta, at: datetime) -> int:
    """Which turn of a job that looks that often it is."""
    return int(at.timestamp() // every.total_seconds())


def take(turns: Mapping[Job, int], at: datetime) -> list[str]:
    """The names of the jobs whose turn nobody took yet."""
    return [job.name for job, turn in turns.items() if _take(job.name, turn, at)]


def _take(job: str, turn: int, at: datetime) -> bool:
    taken = db.session.execute(
        update(JobTurn)
        .where(JobTurn.job == job, or_(JobTurn.number < turn, JobTurn.taken_at > at + AHEAD))
        .values(number=turn, taken_at=at)
    )
    if taken.rowcount or db.session.get(JobTurn, job):  # type: ignore[attr-defined]  # an UPDATE has one
        return bool(taken.rowcount)  # type: ignore[attr-defined]  # the same
    try:
        with db.session.begin_nested():
            db.session.add(JobTurn(job=job, number=turn, taken_at=at))
    except IntegrityError:
        return False
    return True
