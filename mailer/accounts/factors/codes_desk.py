"""Recovery codes, shown once."""

from urllib.parse import quote

from flask import current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.accounts.factors import operations, queries
from mailer.accounts.factors.blueprint import bp
from mailer.clock import now
from mailer.db import transaction
from mailer.web.access import SIGNED_IN, staff


@bp.get("/bureau/compte/securite/codes")
@staff(SIGNED_IN)
def renewing_codes() -> ResponseReturnValue:
    """How many codes of today's sheet would open nothing any more."""
    if not queries.has_any(g.account.id):
        return redirect(url_for(".own"), 303)
    left = len(queries.unused_codes(g.account.id))
    return render_template("accounts/factors/renew_codes.html", left=left)


@bp.post("/bureau/compte/securite/codes")
@staff(SIGNED_IN)
def renew_codes() -> ResponseReturnValue:
    if not queries.has_any(g.account.id):
        return redirect(url_for(".own"), 303)
    return _new_codes()


def first_codes() -> ResponseReturnValue:
    """After a first factor, the codes for the day it is lost; after another, the page of all."""
    if queries.unused_codes(g.account.id):
        return redirect(url_for(".own"), 303)
    return _new_codes()


def _new_codes() -> ResponseReturnValue:
    with transaction():
        codes = operations.renew_codes(g.account.id, now())
    # The title of the file says whose door they open, for whoever finds it in a drawer.
    title = _("Codes de secours, %(organisation)s", organisation=current_app.config["ORGANISATION"])
    file = quote("\r\n".join([title, g.account.email, "", *codes, ""]))
    return render_template("accounts/factors/codes.html", codes=codes, file=file)
