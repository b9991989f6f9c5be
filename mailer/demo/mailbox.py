"""The mailbox at /dev/mail: every mail that left, as its reader, a program and the wire see it."""

import re
from pathlib import Path

from flask import Blueprint, Response, current_app, make_response, render_template, request

from mailer.mail.transports.mailbox import Mailbox
from mailer.web.access import public
from mailer.web.headers import DESK_POLICY

PAGE_MAILS = 50
FOLDER = "mailbox"

bp = Blueprint("mailbox", __name__, url_prefix="/dev/mail")


def of_app() -> Mailbox:
    """The mailbox in the app's data folder."""
    return Mailbox(Path(current_app.config["DATA_FOLDER"]) / FOLDER)


@bp.get("")
@public
def captured() -> str:
    """The mails, newest first."""
    to = request.args.get("a", "").strip()
    found = of_app().newest(PAGE_MAILS + 1, before=request.args.get("before"), to=to)
    more = found[PAGE_MAILS - 1].key if len(found) > PAGE_MAILS else None
    return render_template("demo/mailbox.html", mails=found[:PAGE_MAILS], more=more, to=to)


@bp.get("/<key>")
@public
def mail(key: str) -> Response:
    """One mail: its HTML in a frame, its text, its headers."""
    response = make_response(render_template("demo/mail.html", mail=of_app().read(key)))
    response.headers["Content-Security-Policy"] = DESK_POLICY
    return response


@bp.get("/<key>/html")
@public
def html(key: str) -> Response:
    """The HTML part alone, for the frame: it may show pictures and open links, nothing else."""
    # The frame is not allowed to navigate itself, so links must open beside it.
    page = re.sub(
        r"<head(?:\s[^>]*)?>",
        r'\g<0><base target="_blank">',
        of_app().read(key).body("html"),
        count=1,
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
        "sandbox allow-popups allow-popups-to-escape-sandbox"
    )
    # A browser refuses to show in a sandbox what asks to be isolated from its opener.
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response


@bp.get("/<key>/source")
@public
def source(key: str) -> Response:
    """The bytes that were received."""
    response = make_response(of_app().read(key).source)
    response.content_type = "text/plain; charset=utf-8"
    return response
