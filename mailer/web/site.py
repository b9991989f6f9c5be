"""The addresses that programs look for on every site."""

from datetime import timedelta

from flask import Blueprint, Response, current_app

from mailer import links
from mailer.clock import now
from mailer.web.access import public

bp = Blueprint("site", __name__)

# RFC 9116, 2.5.5 asks for less than a year; it is told anew at each request.
CONTACT_HOLDS = timedelta(days=180)


@bp.get("/healthz")
@public
def health() -> Response:
    """The process is alive; it says nothing of the database."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/.well-known/security.txt")
@public
def security() -> Response:
    """Where to report a weakness (RFC 9116)."""
    lines = (
        f"Contact: mailto:{current_app.config['SECURITY_ADDRESS']}",
        f"Expires: {now() + CONTACT_HOLDS:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en",
        f"Canonical: {links.security()}",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
