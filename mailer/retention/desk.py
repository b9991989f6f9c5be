"""What is kept, how long and why; what the purge is about to end, and what it has ended."""

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from sqlalchemy import select

from mailer import rulebook
from mailer.clock import PARIS, now
from mailer.db import db
from mailer.retention import overdue, silence, words
from mailer.retention.models import PurgeLine
from mailer.retention.schedule import cutoff
from mailer.web.access import staff

bp = Blueprint("retention", __name__)

SHOWN = timedelta(days=30)


@bp.get("/bureau/conservation")
@staff("dpo", "admin")
def schedule() -> ResponseReturnValue:
    """The schedule with its counts, and the reports of the last days."""
    at = now()
    figures = rulebook.load().figures
    before = cutoff("prospect_months", figures, at)
    reports = select(PurgeLine).where(PurgeLine.at > at - SHOWN).order_by(PurgeLine.id.desc())
    return render_template(
        "retention/schedule.html",
        lines=list(overdue.overdue(at)),
        to_ask=silence.number(silence.to_ask(before)),
        silent_months=figures.prospect_months,
        renewal_days=figures.renewal_days,
        reports=db.session.scalars(reports).all(),
        words=words,
        hour=lambda instant: format_datetime(instant.astimezone(PARIS), "short", rebase=False),
    )
