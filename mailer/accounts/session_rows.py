"""The sessions as the database holds them; the id that opens one is in its cookie alone."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from mailer.accounts.models import Account, Session
from mailer.accounts.standing import OVERLAP, Standing, expiry
from mailer.db import db
from mailer.errors import NotFound


@dataclass(frozen=True)
class Trace:
    """Where a session is, for its owner to know it again."""

    network: str
    browser: str


@dataclass(frozen=True)
class Found:
    """An open session, and its owner as they are now."""

    id: int
    account_id: int
    email: str
    name: str
    language: str
    roles: frozenset[str]
    roles_before: str
    standing: Standing
    trace: Trace
    since: datetime
    seen: datetime

    @property
    def has_other_roles(self) -> bool:
        """Whether the roles changed since the id was given."""
        return named(self.roles) != self.roles_before


def named(roles: frozenset[str]) -> str:
    """The roles as a session keeps them."""
    return " ".join(sorted(roles))


def begin(account: Account, standing: Standing, trace: Trace, at: datetime) -> str:
    """A new session of the account; the id that opens it."""
    account.last_seen_at = at
    row = Session(
        account_id=account.id,
        since=at,
        network=trace.network,
        browser=trace.browser,
        standing=standing,
    )
    return _given(row, named(account.roles), at)


def _given(row: Session, roles: str, at: datetime) -> str:
    token = secrets.token_urlsafe(32)
    row.token_hash, row.roles, row.last_seen_at = digest(token), roles, at
    row.expires_at = expiry(row.standing, row.since, at)
    db.session.add(row)
    db.session.flush()
    return token


def digest(token: str) -> str:
    """What is kept of an id: it has 256 bits of chance, so nothing slows its hash down."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str, at: datetime) -> Found | None:
    """The session that the id opens, unless it is over or its account is closed."""
    row = db.session.execute(
        select(Session, Account)
        .join(Account, Account.id == Session.account_id)
        .where(
            Session.token_hash == digest(token),
            Session.expires_at > at,
            Account.closed_at.is_(None),
        )
    ).first()
    return _found(*row) if row else None


def _found(row: Session, account: Account) -> Found:
    return Found(
        id=row.id,
        account_id=account.id,
        email=account.email,
        name=account.name,
        language=account.language,
        roles=account.roles,
        roles_before=row.roles,
        standing=row.standing,
        trace=Trace(row.network, row.browser),
        since=row.since,
        seen=row.last_seen_at,
    )


def mark(found: Found, at: datetime) -> None:
    """Note that the session was seen; it lasts as much longer."""
    until = expiry(found.standing, found.since, at)
    seen = update(Session).where(Session.id == found.id, Session.renewed_at.is_(None))
    db.session.execute(seen.values(last_seen_at=at, expires_at=until))
    db.session.execute(
        update(Account).where(Account.id == found.account_id).values(last_seen_at=at)
    )


def renew(found: Found, at: datetime) -> str | None:
    """The new id under which the session goes on; None when another request was faster."""
    former = update(Session).where(Session.id == found.id, Session.renewed_at.is_(None))
    ending = former.values(renewed_at=at, expires_at=at + OVERLAP)
    if not db.session.execute(ending.returning(Session.id)).first():
        return None
    row = Session(
        account_id=found.account_id,
        since=found.since,
        network=found.trace.network,
        browser=found.trace.browser,
        standing=found.standing,
    )
    return _given(row, named(found.roles), at)


def running(account_id: int, at: datetime) -> Sequence[Session]:
    """The sessions of the account that are open, the last one seen first."""
    found = select(Session).where(
        Session.account_id == account_id, Session.expires_at > at, Session.renewed_at.is_(None)
    )
    return db.session.scalars(found.order_by(Session.last_seen_at.desc(), Session.id.desc())).all()


def end(account_id: int, session_id: int, at: datetime) -> None:
    """End that session of the account; NotFound when it has no such session."""
    ended = update(Session).where(Session.account_id == account_id, Session.id == session_id)
    if not db.session.execute(ended.values(expires_at=at).returning(Session.id)).first():
        raise NotFound("session")


def end_all(account_id: int, at: datetime, but: int | None = None) -> int:
    """End the open sessions of the account, save that one; how many there were.

    One that has gone on under another id is over soon, and is ended without being counted twice.
    """
    ended = update(Session).where(
        Session.account_id == account_id, Session.expires_at > at, Session.id != (but or 0)
    )
    found = db.session.execute(ended.values(expires_at=at).returning(Session.renewed_at))
    return sum(renewed_at is None for renewed_at in found.scalars())


def end_everybodys(at: datetime) -> None:
    """Have everybody sign in again: a restored table knows of no session that was ended since."""
    db.session.execute(update(Session).where(Session.expires_at > at).values(expires_at=at))
