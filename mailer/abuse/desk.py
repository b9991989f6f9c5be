"""The counts of the last day, for who looks after the service."""

from flask import Blueprint, current_app, g, render_template
from flask.typing import ResponseReturnValue

from mailer.abuse import queries
from mailer.abuse.allowance import MAILS
from mailer.abuse.labels import LABELS, SILENT
from mailer.clock import now
from mailer.web import counters
from mailer.web.access import staff

bp = Blueprint("abuse", __name__)


@bp.get("/bureau/abus")
@staff("admin")
def counts() -> ResponseReturnValue:
    """Numbers by kind and by hour; no network, no mailbox."""
    at = now()
    days = queries.last_day(at)
    rows = [(LABELS.get(kind, kind), day) for kind, day in days.items() if kind not in SILENT]
    mails = days.get(MAILS, queries.Day())
    return render_template(
        "abuse/counts.html",
        rows=sorted(rows, key=lambda row: -row[1].total),
        mails=mails.by_hour[-1],
        ceiling=current_app.config["MAILS_ASKED_AN_HOUR"],
        is_alarm=counters.is_alarm(at),
    )


@bp.app_context_processor
def banner() -> dict[str, object]:
    """Let every page of the desk tell an administrator that a ceiling is near."""
    return {"is_abuse_alarm": lambda: "admin" in g.get("roles", ()) and counters.is_alarm(now())}
