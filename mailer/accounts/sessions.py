"""Who is signed in: the session names the account and carries its stamp, nothing else."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask, g, session
from flask.sessions import SecureCookieSessionInterface

from mailer.accounts import queries
from mailer.accounts.models import Account
from mailer.clock import now

# OWASP ASVS 7.3: half an hour without a request, a working day in all.
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
# The cookie is sent again when the last mark is older than this.
MARK_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """The one who asks, as the views see them in `g.account`."""

    id: int
    email: str
    name: str

    @property
    def actor(self) -> str:
        """Their name in the audit record."""
        return f"{queries.ACTOR}{self.id}"


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, with SHA-256 in the place of SHA-1."""

    digest_method = staticmethod(hashlib.sha256)


def start(account: Account, at: datetime) -> None:
    """Begin a session with nothing of what stood in the one before."""
    session.clear()
    moment = int(at.timestamp())
    session.update(account=account.id, stamp=account.stamp, since=moment, seen=moment)


def end() -> None:
    """Forget the session."""
    session.clear()


def recognise() -> None:
    """Say in `g.account` and `g.roles` who is signed in; end a session that is over."""
    if "account" not in session:
        return
    at = now()
    account = queries.by_id(session["account"])
    if account is None or account.stamp != session["stamp"] or _is_over(at):
        session.clear()
        return
    if at - _instant("seen") > MARK_EVERY:
        session["seen"] = int(at.timestamp())
    g.account = SignedIn(account.id, account.email, account.name)
    g.roles = account.roles


def _is_over(at: datetime) -> bool:
    return at - _instant("seen") > IDLE or at - _instant("since") > LONGEST


def _instant(key: str) -> datetime:
    return datetime.fromtimestamp(session[key], UTC)


def install(app: Flask) -> None:
    """Recognise the reader of every request; install it before the access check."""
    app.session_interface = Sessions()
    app.before_request(recognise)
