"""Whoever must have a second factor, and has none, sets one before anything else opens."""

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from mailer.accounts.factors import queries
from mailer.accounts.factors.blueprint import bp
from mailer.accounts.factors.obligation import are_bound
from mailer.web.access import is_public

# What stays open: the pages where a factor is set, and the way out.
OPEN = frozenset({"accounts.sign_out"})
# In the cookie of a session whose provider has seen a second factor.
SHOWN_ELSEWHERE = "factor_shown_elsewhere"


def check() -> Response | None:
    """Lead to the page of factors whoever must have one; install it after the access check."""
    endpoint = request.endpoint
    if "account" not in g or endpoint is None or is_public(current_app, endpoint):
        return None
    if request.blueprint == bp.name or endpoint in OPEN or not are_bound(g.roles):
        return None
    if session.get(SHOWN_ELSEWHERE) or queries.has_any(g.account.id):
        return None
    return redirect(url_for("factors.own"), 303)


def install(app: Flask) -> None:
    """Check every page of the desk."""
    app.before_request(check)
