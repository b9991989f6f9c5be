"""The officer's own address of the calendar, and another one in its place."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from mailer.accounts import operations as accounts
from mailer.accounts.queries import by_id
from mailer.db import transaction
from mailer.errors import NotFound
from mailer.rights.blueprint import bp
from mailer.rights.reporting import feed
from mailer.web.access import staff


@bp.get("/bureau/demandes/calendrier")
@staff("dpo")
def calendar() -> ResponseReturnValue:
    account = by_id(g.account.id)
    if account is None:
        raise NotFound("account")
    # A calendar speaks no language of its own: the address says which.
    address = f"{feed.address(account)}?lang={get_locale()}"
    return render_template("rights/reporting/calendar.html", address=address)


@bp.post("/bureau/demandes/calendrier/adresse")
@staff("dpo")
def change_calendar() -> ResponseReturnValue:
    """End the address; the page shows another one."""
    with transaction():
        accounts.change_calendar(g.account.id)
    flash(_("L’ancienne adresse ne mène plus nulle part. Donnez la nouvelle à votre agenda."))
    return redirect(url_for(".calendar"), 303)
