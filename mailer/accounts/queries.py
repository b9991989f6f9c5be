"""Reading accounts and attempts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Row, exists, func, select
from sqlalchemy.orm import lazyload

from mailer.accounts.models import Account, AccountRole, SignIn
from mailer.accounts.roles import Role
from mailer.accounts.throttle import WINDOW, Tallies, Tally
from mailer.addresses import Address
from mailer.db import db
from mailer.errors import NotFound

# How the audit record calls somebody of the desk, before their number.
ACTOR = "account:"
CLOSED = _("un compte fermé")


def actor_of(account_id: int) -> str:
    """How the audit record calls whoever has the account of that number."""
    return f"{ACTOR}{account_id}"


def by_id(account_id: int) -> Account | None:
    """The open account of that number."""
    account = db.session.get(Account, account_id)
    return account if account and account.closed_at is None else None


def must(account_id: int) -> Account:
    """The same; NotFound when there is none."""
    account = by_id(account_id)
    if account is None:
        raise NotFound("account")
    return account


def by_address(address: Address) -> Account | None:
    """The open account of that address."""
    return db.session.scalar(
        select(Account).where(Account.email == address.normalised, Account.closed_at.is_(None))
    )


def closed_of(address: Address) -> Account | None:
    """The closed account of that address, which its owner takes up again when invited anew."""
    return db.session.scalar(
        select(Account).where(Account.email == address.normalised, Account.closed_at.is_not(None))
    )


def mailbox_of(address: Address) -> Account | None:
    """The same without its roles: one statement, found or not."""
    return db.session.scalar(
        select(Account)
        .where(Account.email == address.normalised, Account.closed_at.is_(None))
        .options(lazyload(Account.grants))
    )


def names_of(actors: Collection[str]) -> dict[str, str]:
    """The names of the open accounts that the audit record calls so (`account:3`)."""
    ids = [int(actor.removeprefix(ACTOR)) for actor in actors if actor.startswith(ACTOR)]
    found = select(Account.id, Account.name).where(Account.id.in_(ids), Account.closed_at.is_(None))
    return {actor_of(account_id): name for account_id, name in db.session.execute(found)}


def shown(actors: Collection[str]) -> Mapping[str, str | LazyString]:
    """The same for a page, with a word in the place of the name of an account that is closed."""
    closed = dict.fromkeys((each for each in actors if each.startswith(ACTOR)), CLOSED)
    return closed | names_of(actors)


def everybody() -> Sequence[Account]:
    """The open accounts, by name."""
    found = select(Account).where(Account.closed_at.is_(None))
    return db.session.scalars(found.order_by(func.lower(Account.name), Account.id)).all()


def holders(role: Role) -> Sequence[Account]:
    """The open accounts that hold the role, the oldest first."""
    held = exists().where(AccountRole.account_id == Account.id, AccountRole.role == role)
    found = select(Account).where(Account.closed_at.is_(None), held).order_by(Account.id)
    return db.session.scalars(found).all()


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
