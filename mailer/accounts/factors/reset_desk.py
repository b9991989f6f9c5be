"""Taking the lost factors of somebody away."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.accounts import operations as doors
from mailer.accounts import queries as accounts
from mailer.accounts.factors import operations, queries
from mailer.accounts.factors.blueprint import bp
from mailer.clock import now
from mailer.db import transaction
from mailer.web.access import staff


@bp.get("/bureau/comptes/<int:account_id>/facteurs")
@staff("admin")
def check_reset(account_id: int) -> ResponseReturnValue:
    account = accounts.must(account_id)
    return render_template(
        "accounts/factors/reset.html", account=account, factors=queries.of(account.id)
    )


@bp.post("/bureau/comptes/<int:account_id>/facteurs/retrait")
@staff("admin")
def reset(account_id: int) -> ResponseReturnValue:
    """Their sessions end too: whoever holds the lost telephone may hold an open one."""
    with transaction():
        account = accounts.must(account_id)
        operations.reset(account.id, g.account.actor)
        doors.end_sessions(account.id, g.account.actor, now())
    flash(_("C’est fait, et un courriel le lui dit."))
    return redirect(url_for(".check_reset", account_id=account_id), 303)
