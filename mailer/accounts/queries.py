"""Reading accounts and attempts."""

from datetime import datetime

from sqlalchemy import ColumnElement, Row, exists, func, select

from mailer.accounts.models import Account, SignIn
from mailer.accounts.throttle import WINDOW, Tallies, Tally
from mailer.addresses import Address
from mailer.db import db


def by_id(account_id: int) -> Account | None:
    """The open account of that number."""
    account = db.session.get(Account, account_id)
    return account if account and account.closed_at is None else None


def by_address(address: Address) -> Account | None:
    """The open account of that address."""
    return db.session.scalar(
        select(Account).where(Account.email == address.normalised, Account.closed_at.is_(None))
    )


def passphrase_of(address: Address) -> Row[int, str] | None:
    """The number and the hash of that open account: one statement, found or not."""
    return db.session.execute(
        select(Account.id, Account.passphrase_hash).where(
            Account.email == address.normalised, Account.closed_at.is_(None)
        )
    ).first()


def tallies(fingerprint: str, network: str, at: datetime) -> Tallies:
    """What the throttle needs to know about the address and the network."""
    same_address = SignIn.fingerprint == fingerprint
    same_network = SignIn.network == network
    usual = select(exists().where(same_address, same_network, SignIn.succeeded))
    return Tallies(
        pair=_tally(at, same_address, same_network),
        network=_tally(at, same_network),
        address=_tally(at, same_address),
        is_usual_network=bool(db.session.scalar(usual)),
    )


def _tally(at: datetime, *which: ColumnElement[bool]) -> Tally:
    found = select(func.count(), func.max(SignIn.at)).where(
        *which, SignIn.at > at - WINDOW, ~SignIn.succeeded
    )
    failures, last = db.session.execute(found).one()
    return Tally(failures, last)
