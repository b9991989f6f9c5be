"""Where one is signed in, and ending it from elsewhere."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mailer.accounts import operations, session_rows
from mailer.accounts.blueprint import bp
from mailer.clock import now
from mailer.db import transaction
from mailer.web.access import SIGNED_IN, staff


@bp.get("/bureau/compte/sessions")
@staff(SIGNED_IN)
def own_sessions() -> ResponseReturnValue:
    running = session_rows.running(g.account.id, now())
    return render_template("accounts/sessions.html", sessions=running)


@bp.post("/bureau/compte/sessions/<int:session_id>/fermeture")
@staff(SIGNED_IN)
def close_session(session_id: int) -> ResponseReturnValue:
    with transaction():
        operations.end_session(g.account.id, session_id, g.account.actor, now())
    flash(_("Cette session est fermée : ce navigateur devra se reconnecter."))
    return redirect(url_for(".own_sessions"), 303)


@bp.get("/bureau/compte/sessions/fermeture")
@staff(SIGNED_IN)
def closing_others() -> ResponseReturnValue:
    """How many there are beside the one that asks, before they end."""
    others = len(session_rows.running(g.account.id, now())) - 1
    if not others:
        return redirect(url_for(".own_sessions"), 303)
    return render_template("accounts/close_others.html", number=others)


@bp.post("/bureau/compte/sessions/fermeture")
@staff(SIGNED_IN)
def close_others() -> ResponseReturnValue:
    """End all but the one that asks."""
    with transaction():
        ended = operations.end_sessions(g.account.id, g.account.actor, now(), but=g.session_id)
    said = ngettext(
        "%(num)d autre session est fermée.", "%(num)d autres sessions sont fermées.", ended
    )
    flash(said)
    return redirect(url_for(".own_sessions"), 303)
