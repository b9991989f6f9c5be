"""Looking at a letter before it leaves: check page, trial mail."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.audit.operations import record
from mailer.clock import now
from mailer.db import transaction
from mailer.newsletters import (
    approving,
    operations,
    preflight,
    queries,
    standing,
    trials,
)
from mailer.newsletters.blueprint import bp
from mailer.newsletters.checks.envelope import on_a_phone
from mailer.newsletters.findings import TOPICS
from mailer.web.access import staff


@bp.get("/bureau/lettres/<int:issue_id>/verification")
@staff("editor", "approver")
def check(issue_id: int) -> ResponseReturnValue:
    issue = queries.issue(issue_id)
    report = preflight.report(issue, now())
    digest = approving.hash_of(issue, report.drawn)
    return render_template(
        "newsletters/desk/check.html",
        issue=issue,
        report=report,
        topics=TOPICS,
        on_a_phone=on_a_phone(issue.subject),
        trial_groups=trials.groups(),
        web_url=None if issue.is_draft else queries.web_url(issue.id),
        approval=standing.of(issue, digest, g.account.actor),
    )


@bp.post("/bureau/lettres/<int:issue_id>/essai")
@staff("editor")
def trial(issue_id: int) -> ResponseReturnValue:
    with transaction():
        operations.send_trial(queries.issue(issue_id), g.account.email)
        record(g.account.actor, "try", f"issue:{issue_id}")
    flash(_("L’essai part vers votre adresse. Il arrive en général dans la minute."))
    return redirect(url_for(".check", issue_id=issue_id), 303)
