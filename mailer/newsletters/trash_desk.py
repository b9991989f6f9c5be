"""The trash of letters: drafts that nobody wants, until their time is over."""

from datetime import timedelta

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import rulebook
from mailer.clock import now
from mailer.db import transaction
from mailer.newsletters import operations, queries
from mailer.newsletters.blueprint import bp
from mailer.web import undo
from mailer.web.access import staff


@bp.get("/bureau/lettres/corbeille")
@staff("editor")
def trash() -> ResponseReturnValue:
    kept = timedelta(days=rulebook.load().figures.trash_days.value)
    rows = queries.trashed(now() - kept)
    return render_template("newsletters/desk/trash.html", rows=rows, kept=kept)


@bp.post("/bureau/lettres/<int:issue_id>/corbeille")
@staff("editor")
def throw_away(issue_id: int) -> ResponseReturnValue:
    with transaction():
        operations.trash(queries.locked(issue_id), g.account.actor, now())
    days = rulebook.load().figures.trash_days.value
    said = _("Le brouillon est dans la corbeille. Il y reste %(days)s jours.", days=days)
    undo.offer(said, url_for(".take_out", issue_id=issue_id))
    return redirect(url_for(".letters"), 303)


@bp.post("/bureau/lettres/<int:issue_id>/sortie-de-corbeille")
@staff("editor")
def take_out(issue_id: int) -> ResponseReturnValue:
    with transaction():
        operations.take_out(queries.locked_anywhere(issue_id), g.account.actor)
    flash(_("Le brouillon est revenu tel qu’il était."))
    return redirect(url_for(".composer", issue_id=issue_id), 303)
