"""Who is signed in: the cookie holds the id of a session, the database all that it stands for.

The cookie is signed, and carries besides what one page tells the next.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, g, session
from flask.sessions import SecureCookieSessionInterface

from mailer.accounts import queries, session_rows
from mailer.accounts.browsers import family
from mailer.accounts.models import Account
from mailer.accounts.session_rows import Found, Trace
from mailer.accounts.standing import MARK_EVERY, Standing
from mailer.audit.operations import record
from mailer.clock import now
from mailer.db import transaction
from mailer.web.limits import network, user_agent

# Where the cookie has the id.
ID = "id"
# Nobody has signed in who still owes a second factor.
SIGN_INS = {Standing.FULL: "sign-in", Standing.FACTOR_OWED: "begin-sign-in"}


@dataclass(frozen=True)
class SignedIn:
    """The one who asks, as the views see them in `g.account`."""

    id: int
    email: str
    name: str

    @property
    def actor(self) -> str:
        """Their name in the audit record."""
        return queries.actor_of(self.id)


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, with SHA-256 in the place of SHA-1."""

    digest_method = staticmethod(hashlib.sha256)


def start(account: Account, at: datetime, standing: Standing = Standing.FULL) -> None:
    """Begin a session under a new id, with nothing of what stood in the one before."""
    if before := _asked(at):
        session_rows.end(before.account_id, before.id, at)
    forget()
    trace = Trace(network(), family(user_agent()))
    session[ID] = session_rows.begin(account, standing, trace, at)
    actor = queries.actor_of(account.id)
    record(actor, SIGN_INS[standing], actor)


def complete(at: datetime) -> None:
    """The second factor was shown: a full session takes the place of the one that owed it."""
    start(queries.must(g.owing.id), at)


def change_id(at: datetime) -> None:
    """Go on under another id at once, as old as before and with what was shown until now."""
    if found := _asked(at):
        _renew(found, at)
        session_rows.end(found.account_id, found.id, at)


def forget() -> None:
    """Leave nothing of the session in the cookie."""
    session.clear()


def recognise() -> None:
    """Say in `g` who asks; end a session that is over.

    `g.account` and `g.roles` are of somebody who is signed in; `g.owing` is somebody who still
    owes a second factor, and has neither. `g.session_id` is the number of the session, and
    `g.own_language` what either reads.
    """
    if ID not in session:
        return
    at = now()
    found = _asked(at)
    if found is None:
        forget()
        return
    if found.has_other_roles:
        with transaction():
            _renew(found, at)
    elif at - found.seen > MARK_EVERY:
        with transaction():
            session_rows.mark(found, at)
    _tell(found)


def _asked(at: datetime) -> Found | None:
    return session_rows.find(session[ID], at) if ID in session else None


def _renew(found: Found, at: datetime) -> None:
    """Give the session a new id; what else the cookie carries stays, so that no form is lost."""
    if token := session_rows.renew(found, at):
        session[ID] = token


def _tell(found: Found) -> None:
    g.session_id, g.own_language = found.id, found.language
    person = SignedIn(found.account_id, found.email, found.name)
    if found.standing is Standing.FACTOR_OWED:
        g.owing = person
    else:
        g.account, g.roles = person, found.roles


def install(app: Flask) -> None:
    """Recognise the reader of every request; install it before the access check."""
    app.session_interface = Sessions()
    app.before_request(recognise)
