"""Looking at a letter before it leaves: preview, check page, trial mail, approval."""

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict, Invalid
from mailer.newsletters import edition, operations, preflight, queries, trials
from mailer.newsletters.appearance import dark, light
from mailer.newsletters.blueprint import bp
from mailer.newsletters.checks.envelope import on_a_phone
from mailer.newsletters.findings import TOPICS
from mailer.newsletters.public import letter_page
from mailer.web.access import staff
from mailer.web.bounds import row_key


@bp.get("/bureau/lettres/<int:issue_id>/apercu")
@staff("editor", "sender")
def preview(issue_id: int) -> Response:
    """The letter alone, for a frame of the desk; `?apparence=sombre` as a dark screen shows it."""
    html = edition.preview(queries.issue(issue_id)).html
    shown = dark(html) if request.args.get("apparence") == "sombre" else light(html)
    return letter_page(shown, framed_by="'self'")


@bp.get("/bureau/lettres/<int:issue_id>/verification")
@staff("editor")
def check(issue_id: int) -> ResponseReturnValue:
    issue = queries.issue(issue_id)
    return render_template(
        "newsletters/desk/check.html",
        issue=issue,
        report=preflight.report(issue, now()),
        topics=TOPICS,
        on_a_phone=on_a_phone(issue.subject),
        trial_groups=trials.groups(),
        web_url=None if issue.is_draft else queries.web_url(issue.id),
    )


@bp.post("/bureau/lettres/<int:issue_id>/essai")
@staff("editor")
def trial(issue_id: int) -> ResponseReturnValue:
    with transaction():
        operations.send_trial(queries.issue(issue_id), g.account.email)
    flash(_("L’essai part vers votre adresse. Il arrive en général dans la minute."))
    return redirect(url_for(".check", issue_id=issue_id), 303)


@bp.post("/bureau/lettres/<int:issue_id>/approbation")
@staff("editor")
def approve(issue_id: int) -> ResponseReturnValue:
    revision = request.form.get("revision", 0, type=row_key)
    try:
        with transaction():
            operations.approve(queries.locked(issue_id), revision, g.account.actor, now())
    except Conflict:
        flash(_("La lettre a changé depuis que vous l’avez relue. Relisez-la ici."), "warn")
    except Invalid:
        flash(_("Il reste quelque chose à corriger avant d’approuver."), "warn")
    else:
        flash(_("La lettre est approuvée. Elle ne change plus ; elle peut partir."))
    return redirect(url_for(".check", issue_id=issue_id), 303)
