"""The staff's page of what is done behind the scenes: workers, jobs, relays."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta
from sqlalchemy import select

from mailer.clock import now
from mailer.db import db
from mailer.delivery import campaigns, claims, words
from mailer.mail import allowances, outbox
from mailer.web.access import staff
from mailer.worker import beats
from mailer.worker.labels import SPANS, WORKS
from mailer.worker.models import JobTurn
from mailer.worker.schedule import JOBS

bp = Blueprint("worker", __name__)

# A hint starts a job within a second; what has waited longer than this waits for a worker.
PATIENCE = timedelta(minutes=1)


@bp.get("/bureau/travaux")
@staff("sender", "admin")
def works() -> ResponseReturnValue:
    """Which workers are alive, when each job began last, how the relays stand."""
    at = now()
    return render_template(
        "worker/works.html",
        workers=[(one, beats.is_silent(one, at)) for one in beats.known()],
        are_all_silent=beats.are_all_silent(at),
        jobs=JOBS,
        turns=_turns(),
        relays=allowances.standing(at),
        names=WORKS,
        spans=SPANS,
        words=words,
        every=every,
    )


@bp.app_context_processor
def warning() -> dict[str, object]:
    """Let the pages of those who send warn that nobody works, while something is to be done."""
    return {"is_nobody_working": _is_nobody_working, "is_work_left": _is_work_left}


def every(interval: timedelta) -> str:
    """An interval in words: 30 secondes."""
    return str(format_timedelta(interval, threshold=1))


def _is_nobody_working() -> bool:
    return beats.are_all_silent(now())


def _is_work_left() -> bool:
    """Whether something is due for a minute and no worker is alive; for who can see to it."""
    if not {"sender", "admin"} & set(g.get("roles", ())) or not _is_nobody_working():
        return False
    since = now() - PATIENCE
    return outbox.is_waiting(since) or bool(campaigns.due(since) or claims.due(since))


def _turns() -> Mapping[str, datetime]:
    """When each job began last, of itself or for a hint that was lost."""
    return {turn.job: turn.taken_at for turn in db.session.scalars(select(JobTurn))}
