"""Forms. A visitor's carries a signed, dated token and no cookie; staff's is tied to the session.

The referrer is never sent (web/headers.py), so a post shows where it comes from by Sec-Fetch-Site,
and in a browser too old for that by Origin.
"""

import hashlib
from datetime import timedelta

from flask import Flask, abort, current_app, g, request
from flask_wtf import CSRFProtect, FlaskForm
from itsdangerous import BadSignature, TimestampSigner
from structlog import get_logger
from wtforms import Form, SelectMultipleField
from wtforms.widgets import CheckboxInput

from mailer.clock import now
from mailer.web.access import is_keyed, is_machine, is_public

csrf = CSRFProtect()
TOKEN = "form_token"  # noqa: S105 - the field's name
HONEYPOT = "website"

log = get_logger()


class StaffForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form of the desk; its CSRF token is tied to the session."""


class VisitorForm(Form):  # type: ignore[misc]  # WTForms ships no types
    """A form that anyone may post; `is_automatic` tells a program from a person."""


class Boxes(SelectMultipleField):  # type: ignore[misc]  # WTForms ships no types
    """Several choices, each a box; none may be ticked."""

    option_widget = CheckboxInput()


def form_token() -> str:
    """The dated token that every visitor's form carries in the field `form_token`."""
    return _signer().sign(b"form").decode()


def _signer() -> TimestampSigner:
    keys = current_app.config["SECRET_KEYS"]
    return TimestampSigner(
        keys, salt="public-form", digest_method=hashlib.sha256, key_derivation="hmac"
    )


def check() -> None:
    """Refuse a post that does not come from one of our pages, with 400 and the cure."""
    if request.method in {"GET", "HEAD", "OPTIONS"} or request.endpoint is None:
        return
    # A key is shown in a header, which no page of another site can make a browser send.
    if is_machine(current_app, request.endpoint) or is_keyed(current_app, request.endpoint):
        return
    if _is_foreign():
        log.warning("form.foreign", endpoint=request.endpoint)
        abort(400)
    if not is_public(current_app, request.endpoint):
        csrf.protect()
    elif not _is_ours():
        log.warning("form.without_token", endpoint=request.endpoint)
        abort(400)


def _is_foreign() -> bool:
    """Whether the browser says that another site posts."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    # Without a referrer, a browser names its own origin "null" too (Fetch standard, 3.2).
    return request.headers.get("Origin", "null") not in {"null", request.host_url.rstrip("/")}


def _is_ours() -> bool:
    """Whether the form token is one of ours and not stale; keeps its age for `is_automatic`."""
    longest = timedelta(hours=current_app.config["FORM_MAX_HOURS"])
    token = request.form.get(TOKEN, "")
    try:
        _, signed_at = _signer().unsign(
            token, max_age=int(longest.total_seconds()), return_timestamp=True
        )
    except BadSignature:
        return False
    g.form_age = now() - signed_at
    return True


def is_too_fast() -> bool:
    """Whether the post came sooner than a person reads; autofill can be that quick."""
    soonest = timedelta(seconds=current_app.config["FORM_MIN_SECONDS"])
    return bool(g.form_age < soonest)


def is_automatic() -> bool:
    """Whether the post looks like a program's: sent too soon, or the hidden field filled."""
    return bool(request.form.get(HONEYPOT)) or is_too_fast()


def install(app: Flask) -> None:
    """Check every post of the app."""
    app.config.update(
        # check() above decides which of the two tokens a route wants.
        WTF_CSRF_CHECK_DEFAULT=False,
        # Flask-WTF would demand the referrer that we never let browsers send.
        WTF_CSRF_SSL_STRICT=False,
        # The token lives as long as its session, so that a letter may be written for two hours.
        WTF_CSRF_TIME_LIMIT=None,
    )
    csrf.init_app(app)
    app.jinja_env.globals["form_token"] = form_token
    app.before_request(check)
