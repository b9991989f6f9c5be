"""The roles of a person change, or their account is closed; somebody always administers."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from flask_babel import LazyString, force_locale
from sqlalchemy import select

from mailer.accounts import emails, operations, queries, session_rows
from mailer.accounts.factors import operations as factors
from mailer.accounts.models import Account, AccountRole
from mailer.accounts.role_words import names
from mailer.accounts.roles import Role
from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import Conflict
from mailer.mail import outbox

KEY = "open_work"


@dataclass(frozen=True)
class Work:
    """Something under way that names a person, and the page where another takes it over."""

    title: LazyString | str
    endpoint: str
    number: int


# A domain tells what is under way in the name of an account; `app.py` lists those that do.
Source = Callable[[int], Iterable[Work]]


def change_roles(account_id: int, wanted: Collection[str], actor: str) -> Account:
    """Give the account these roles and no others, and tell its owner.

    Raises Conflict when nobody would administer any more. Its sessions go on, each under another
    id, at their next request (sessions.py).
    """
    account = _held(account_id)
    roles = operations.known(wanted)
    if {role.value for role in roles} == account.roles:
        return account
    if Role.ADMIN not in roles:
        _leave_an_administrator(account)
    account.grants = [
        *(grant for grant in account.grants if grant.role in roles),
        *(AccountRole(role=role) for role in sorted(roles - {g.role for g in account.grants})),
    ]
    db.session.flush()
    record(actor, "change-roles", f"account:{account.id}")
    with force_locale(account.language):
        said = names(account.roles)
    outbox.put(emails.roles_changed(account, said), f"account:{account.id}")
    return account


def close(account_id: int, actor: str, at: datetime) -> Account:
    """Close the account and end its sessions; Conflict for the last who administers."""
    account = _held(account_id)
    _leave_an_administrator(account)
    account.closed_at = at
    # Whoever comes back under the same address takes their roles from the new invitation.
    account.grants = []
    factors.forget(account.id)
    session_rows.end_all(account.id, at)
    record(actor, "close", f"account:{account.id}")
    outbox.put(emails.closed(account), f"account:{account.id}")
    return account


def _held(account_id: int) -> Account:
    """The open account, once nobody else changes who administers."""
    # All who administer are held in one order: of two who leave at once, the second sees the first.
    db.session.execute(
        select(Account.id).where(Account.closed_at.is_(None)).order_by(Account.id).with_for_update()
    )
    return queries.must(account_id)


def _leave_an_administrator(account: Account) -> None:
    if not may_leave(account):
        raise Conflict("last-admin")


def may_leave(account: Account) -> bool:
    """Whether somebody else would administer without that account."""
    others = {each.id for each in queries.holders(Role.ADMIN)} - {account.id}
    return Role.ADMIN not in account.roles or bool(others)


def open_work(account_id: int) -> list[Work]:
    """What is under way in the name of that person, in every domain."""
    sources: tuple[Source, ...] = current_app.extensions.get(KEY, ())
    return [work for source in sources for work in source(account_id) if work.number]


def install(app: Flask, sources: tuple[Source, ...]) -> None:
    """Name the domains that know of work in somebody's name."""
    app.extensions[KEY] = sources
