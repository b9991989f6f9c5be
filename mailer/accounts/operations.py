"""Accounts are created, and sign in."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from mailer import addresses
from mailer.accounts import choosing, passphrases, queries, session_rows
from mailer.accounts.models import Account, AccountRole, SignIn, new_key
from mailer.accounts.openid import identities
from mailer.accounts.roles import Role
from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import Conflict, Invalid
from mailer.web import counters
from mailer.web.counters import HOUR, window

# Long enough to know a person's usual networks, short enough to say so in one line.
ATTEMPTS_KEPT = timedelta(days=30)
SIGN_IN = "sign-in"


@dataclass(frozen=True)
class Credentials:
    """What was typed, and where it came from."""

    address: Address
    passphrase: str
    fingerprint: str
    network: str


@dataclass(frozen=True)
class Attempt:
    """A sign-in that was let through to the comparison, or how long it has to wait."""

    wait: timedelta
    id: int | None


def create(email: str, name: str, passphrase: str, roles: Iterable[str], at: datetime) -> Account:
    """A new account; Invalid for an address or a passphrase that cannot be, Conflict when taken."""
    address = addresses.parse(email)
    if queries.by_address(address):
        raise Conflict("account")
    account = _reopened(address) or Account(email=address.normalised, created_at=at)
    account.name, account.closed_at = name, None
    account.passphrase_hash = choosing.checked(passphrase, address.normalised, name)
    account.calendar_key = new_key()
    account.grants = [AccountRole(role=role) for role in sorted(known(roles))]
    db.session.add(account)
    db.session.flush()
    record(queries.actor_of(account.id), "create", f"account:{account.id}")
    return account


def _reopened(address: Address) -> Account | None:
    """The closed account of that address: its mailbox may be somebody else's by now."""
    account = queries.closed_of(address)
    if account:
        identities.forget(select(Account.id).where(Account.id == account.id))
    return account


def known(names: Iterable[str]) -> set[Role]:
    """The roles of those names; Invalid for a name that is none."""
    try:
        return {Role(name) for name in names}
    except ValueError:
        raise Invalid("role") from None


def attempt(credentials: Credentials, at: datetime) -> Attempt:
    """Count the attempt as a failure before anything is compared, so that a burst meets the wait.

    One that has to wait is not counted: waiting never grows by itself.
    """
    _take_turns(credentials, at)
    tallies = queries.tallies(credentials.fingerprint, credentials.network, at)
    return _let_through(credentials, tallies.wait(at), at)


def attempt_apart(what: str, credentials: Credentials, at: datetime) -> Attempt:
    """Count who asks for a link, or shows a factor, as signing in is counted, and apart from it.

    A passphrase that was shown makes no network a usual one for these.
    """
    digest = hashlib.sha256(f"{what} {credentials.fingerprint}".encode()).hexdigest()
    apart = replace(credentials, fingerprint=digest)
    _take_turns(apart, at)
    tallies = queries.tallies(apart.fingerprint, apart.network, at)
    return _let_through(apart, tallies.wait_for_a_code(at), at)


def _let_through(credentials: Credentials, wait: timedelta, at: datetime) -> Attempt:
    if wait:
        return Attempt(wait, None)
    db.session.execute(delete(SignIn).where(SignIn.at < at - ATTEMPTS_KEPT))
    row = SignIn(
        fingerprint=credentials.fingerprint, network=credentials.network, at=at, succeeded=False
    )
    db.session.add(row)
    db.session.flush()
    return Attempt(wait, row.id)


def _take_turns(credentials: Credentials, at: datetime) -> None:
    """Hold the address and the network: of attempts at once, each sees those before it."""
    held = (f"{SIGN_IN} {credentials.fingerprint}", f"{SIGN_IN} {credentials.network}")
    counters.count([window(SIGN_IN, counters.pseudonym(each, at), HOUR, at) for each in held])


def compare(credentials: Credentials) -> int | None:
    """The number of the account that this opens; the hash takes too long to hold a lock for."""
    found = queries.passphrase_of(credentials.address)
    known = found.passphrase_hash if found else None
    fits = passphrases.match(known, credentials.passphrase)
    return found.id if found and fits else None


def sign_in(made: Attempt, account_id: int | None) -> Account | None:
    """The account that the attempt opens, or None."""
    account = queries.by_id(account_id) if account_id else None
    if account:
        succeed(made)
    return account


def succeed(made: Attempt) -> None:
    """The passphrase was right: the attempt is no failure."""
    db.session.execute(update(SignIn).where(SignIn.id == made.id).values(succeeded=True))


def rename(account_id: int, name: str) -> None:
    """The owner writes their name otherwise."""
    queries.must(account_id).name = name
    record(queries.actor_of(account_id), "rename", f"account:{account_id}")


def speak(account_id: int, language: str) -> None:
    """The owner reads the desk, and the mails that it writes to them, in that language."""
    queries.must(account_id).language = language
    record(queries.actor_of(account_id), "change-language", f"account:{account_id}")


def change_calendar(account_id: int) -> None:
    """End the address of the account's calendar; another one takes its place."""
    account = queries.must(account_id)
    account.calendar_key = new_key()
    record(queries.actor_of(account_id), "change-calendar", f"account:{account_id}")


def end_session(account_id: int, session_id: int, actor: str, at: datetime) -> None:
    """End one session of the account; NotFound when it has none of that number."""
    session_rows.end(account_id, session_id, at)
    record(actor, "end-session", f"account:{account_id}")


def end_sessions(account_id: int, actor: str, at: datetime, but: int | None = None) -> int:
    """End every session of the account, save that one; how many were open."""
    ended = session_rows.end_all(account_id, at, but)
    record(actor, "end-sessions", f"account:{account_id}")
    return ended
