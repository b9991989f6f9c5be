"""Closing a list: a page says what it costs, one button does it.

An address of the lists, made here: only the campaigns know what is planned for one.
"""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import closing
from mailer.errors import Conflict
from mailer.newsletters import queries as newsletters
from mailer.subscriptions import queries as lists
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.closing import reopen_days
from mailer.web.access import staff
from mailer.web.charts import say


@bp.get("/bureau/listes/<int:list_id>/fermeture")
@staff("subscribers", "admin")
def closing_check(list_id: int) -> ResponseReturnValue:
    """How many receive it, what is planned for it, and what becomes of both."""
    row = lists.mailing_list(list_id)
    if row.closed_at:
        return redirect(url_for("subscriptions.edit_list", list_id=list_id), 303)
    lost = closing.loss(list_id)
    return render_template(
        "delivery/closing.html",
        list=row,
        lost=lost,
        subjects=newsletters.subjects(each.issue_id for each in (*lost.planned, *lost.under_way)),
        say=say,
        days=reopen_days(),
    )


@bp.post("/bureau/listes/<int:list_id>/fermeture")
@staff("subscribers", "admin")
def close_list(list_id: int) -> ResponseReturnValue:
    """Close it now, unless a letter to it is on its way."""
    try:
        with transaction():
            closing.close(list_id, g.account.actor, now())
    except Conflict:
        flash(_("Une lettre part en ce moment vers cette liste : elle n’est pas fermée."), "warn")
        return redirect(url_for("subscriptions.closing_check", list_id=list_id), 303)
    flash(_("La liste est fermée."))
    return redirect(url_for("subscriptions.edit_list", list_id=list_id), 303)
