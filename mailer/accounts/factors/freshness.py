"""What opens an account is changed soon after signing in, never at a desk left open for hours.

OWASP ASVS 5.0, 7.5.1. Whoever comes later signs in anew, by whatever way they have.
"""

from datetime import timedelta

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mailer.accounts import operations as doors
from mailer.accounts import sessions
from mailer.accounts.factors.blueprint import bp
from mailer.accounts.models import Session
from mailer.clock import now
from mailer.db import db, transaction
from mailer.web.access import SIGNED_IN, staff

FRESH = timedelta(minutes=15)
# What changes nothing that opens the account.
AT_ANY_TIME = frozenset({"factors.rename_passkey", "factors.sign_in_again"})


@bp.before_request
def check() -> Response | None:
    """Ask for another sign-in before a change, when the last one is some time ago."""
    if request.method != "POST" or "account" not in g or request.endpoint in AT_ANY_TIME:
        return None
    session = db.session.get(Session, g.session_id)
    if session and session.since > now() - FRESH:
        return None
    return redirect(url_for("factors.again"), 303)


@bp.get("/bureau/compte/securite/identite")
@staff(SIGNED_IN)
def again() -> ResponseReturnValue:
    return render_template("accounts/factors/again.html")


@bp.post("/bureau/compte/securite/identite")
@staff(SIGNED_IN)
def sign_in_again() -> ResponseReturnValue:
    with transaction():
        doors.end_session(g.account.id, g.session_id, g.account.actor, now())
    sessions.forget()
    flash(_("Connectez-vous à nouveau : la page des secondes preuves s’ouvrira ensuite."))
    return redirect(url_for("accounts.sign_in", next=url_for("factors.own")), 303)
