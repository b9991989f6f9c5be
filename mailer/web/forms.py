"""Forms. A visitor's carries a signed, dated token and no cookie; staff's is tied to the session.

The referrer is never sent (web/headers.py), so a post shows where it comes from by Sec-Fetch-Site,
and in a browser too old for that by Origin.
"""

from datetime import timedelta

from flask import Flask, abort, current_app, g, request
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.csrf import CSRFError
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner
from wtforms import Form

from mailer.clock import now
from mailer.web.access import is_machine, is_public

csrf = CSRFProtect()
TOKEN = "form_token"  # noqa: S105 - the field's name
HONEYPOT = "website"


class StaffForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form of the desk; its CSRF token is tied to the session."""


class VisitorForm(Form):
    """A form that anyone may post; `too_fast` and `stuffed` tell a program from a person."""


def _signer() -> TimestampSigner:
    return TimestampSigner(current_app.config["SECRET_KEYS"], salt="public-form")


def form_token() -> str:
    """The dated token that every visitor's form carries in the field `form_token`."""
    return _signer().sign(b"form").decode()


def check() -> None:
    """Refuse a post that does not come from one of our pages, with 400 and the cure."""
    if request.method in {"GET", "HEAD", "OPTIONS"} or request.endpoint is None:
        return
    if is_machine(current_app, request.endpoint):
        return
    if not is_public(current_app, request.endpoint):
        csrf.protect()
    elif not _is_ours():
        abort(400)


def _is_ours() -> bool:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    longest = timedelta(hours=current_app.config["FORM_MAX_HOURS"])
    try:
        _, signed_at = _signer().unsign(
            request.form.get(TOKEN, ""), max_age=longest.total_seconds(), return_timestamp=True
        )
    except (BadSignature, SignatureExpired):
        return False
    g.form_age = now() - signed_at
    return True


def is_automatic() -> bool:
    """Whether the post looks like a program's: sent too soon, or the hidden field filled."""
    soonest = timedelta(seconds=current_app.config["FORM_MIN_SECONDS"])
    return bool(request.form.get(HONEYPOT)) or g.form_age < soonest


def install(app: Flask) -> None:
    """Check every post of the app."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf.init_app(app)
    app.jinja_env.globals["form_token"] = form_token
    app.before_request(check)

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> None:
        abort(400)
