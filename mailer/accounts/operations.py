"""Accounts are created, sign in and sign out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from mailer import addresses
from mailer.accounts import passphrases, queries
from mailer.accounts.models import Account, AccountRole, SignIn, new_stamp
from mailer.accounts.roles import Role
from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import Conflict, Invalid

# Long enough to know a person's usual networks, short enough to say so in one line.
ATTEMPTS_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Credentials:
    """What was typed, and where it came from."""

    address: Address
    passphrase: str
    fingerprint: str
    network: str


@dataclass(frozen=True)
class Attempt:
    """What became of a sign-in: a wait, or an account, or neither."""

    fingerprint: str
    network: str
    wait: timedelta
    account_id: int | None


def create(email: str, name: str, passphrase: str, roles: Iterable[str], at: datetime) -> Account:
    """A new account; Invalid for an address or a passphrase that cannot be, Conflict when taken."""
    address = addresses.parse(email)
    if queries.by_address(address):
        raise Conflict("account")
    account = Account(
        email=address.normalised,
        name=name,
        passphrase_hash=passphrases.hashed(passphrase),
        created_at=at,
        grants=[AccountRole(role=role) for role in _known(roles)],
    )
    db.session.add(account)
    db.session.flush()
    record(f"account:{account.id}", "create", f"account:{account.id}")
    return account


def _known(names: Iterable[str]) -> set[Role]:
    try:
        return {Role(name) for name in names}
    except ValueError:
        raise Invalid("role") from None


def attempt(credentials: Credentials, at: datetime) -> Attempt:
    """Compare what was typed, without writing: the hash takes too long to hold a lock for."""
    wait = queries.tallies(credentials.fingerprint, credentials.network, at).wait(at)
    if wait:
        return Attempt(credentials.fingerprint, credentials.network, wait, None)
    account = queries.by_address(credentials.address)
    known = account.passphrase_hash if account else None
    fits = passphrases.match(known, credentials.passphrase)
    account_id = account.id if account and fits else None
    return Attempt(credentials.fingerprint, credentials.network, wait, account_id)


def sign_in(made: Attempt, at: datetime) -> Account | None:
    """The account that the attempt opens, or None; either way the attempt is counted.

    One that had to wait is not counted, so that waiting never grows by itself.
    """
    if made.wait:
        return None
    db.session.execute(delete(SignIn).where(SignIn.at < at - ATTEMPTS_KEPT))
    account = queries.by_id(made.account_id) if made.account_id else None
    db.session.add(
        SignIn(
            fingerprint=made.fingerprint,
            network=made.network,
            at=at,
            succeeded=account is not None,
        )
    )
    if account:
        record(f"account:{account.id}", "sign-in", f"account:{account.id}")
    return account


def sign_out(account_id: int) -> None:
    """End every session of the account: a copied cookie ends with the one that was left."""
    account = queries.by_id(account_id)
    if account:
        account.stamp = new_stamp()
        record(f"account:{account_id}", "sign-out", f"account:{account_id}")
