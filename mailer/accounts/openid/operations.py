"""Somebody of the provider opens an account, or makes one that was promised to them.

An invitation promises one, or a group of theirs does.
"""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from mailer import addresses
from mailer.accounts import invitations, people
from mailer.accounts import operations as doors
from mailer.accounts import queries as accounts
from mailer.accounts.models import Account
from mailer.accounts.openid import mapping
from mailer.accounts.openid.client import Client
from mailer.accounts.openid.models import AccountIdentity
from mailer.accounts.openid.persons import Person
from mailer.accounts.openid.refusals import Refusal, Refused
from mailer.accounts.roles import Role
from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import Conflict, Invalid

ACTOR = "openid"


def enter(person: Person, client: Client, at: datetime) -> Account:
    """The account that the person opens; Refused when there is none for them.

    By issuer and subject; the first time by the address that the provider vouches for.
    """
    identity = db.session.scalar(
        select(AccountIdentity).where(
            AccountIdentity.issuer == client.issuer, AccountIdentity.subject_id == person.subject
        )
    ) or _first_time(person, client, at)
    account = accounts.by_id(identity.account_id)
    if account is None:
        raise Refused(Refusal.UNKNOWN)
    if identity.follows_groups:
        _follow(account, mapping.roles(person.groups, client.roles))
    identity.used_at = at
    return account


def _first_time(person: Person, client: Client, at: datetime) -> AccountIdentity:
    address = _address(person)
    account = accounts.by_address(address) or _invited(address, at)
    given = mapping.roles(person.groups, client.roles)
    # A closed account opens again by an invitation alone (docs/accounts.md).
    if account is None and (not given or accounts.closed_of(address)):
        raise Refused(Refusal.UNKNOWN)
    if account and _has_identity(account, client):
        raise Refused(Refusal.TAKEN)
    identity = AccountIdentity(
        account_id=account.id if account else _made(person, address, given, at),
        issuer=client.issuer,
        subject_id=person.subject,
        follows_groups=account is None,
        created_at=at,
        used_at=at,
    )
    db.session.add(identity)
    db.session.flush()
    record(ACTOR, "link-identity", f"account:{identity.account_id}")
    return identity


def _address(person: Person) -> Address:
    try:
        return addresses.parse(person.email)
    except Invalid:
        raise Refused(Refusal.UNVERIFIED) from None


def _invited(address: Address, at: datetime) -> Account | None:
    """The account that waits for whoever has that mailbox, with the roles of the invitation."""
    invited = invitations.open_for(address.normalised, at)
    return invitations.take_up(invited, _unknown(), at) if invited else None


def _has_identity(account: Account, client: Client) -> bool:
    theirs = select(AccountIdentity.id).where(
        AccountIdentity.account_id == account.id, AccountIdentity.issuer == client.issuer
    )
    return db.session.scalar(theirs) is not None


def _made(person: Person, address: Address, given: Collection[Role], at: datetime) -> int:
    return doors.create(address.normalised, person.name, _unknown(), given, at).id


def _unknown() -> str:
    """A passphrase that nobody knows: the provider is the way in, until they ask for another."""
    return secrets.token_urlsafe(48)


def _follow(account: Account, given: Collection[Role]) -> None:
    """Give the account the roles of its groups, and take the others."""
    if account.roles == given:
        return
    try:
        people.change_roles(account.id, given, ACTOR)
    except Conflict:
        # Somebody always administers: the last one does until another can.
        people.change_roles(account.id, {*given, Role.ADMIN}, ACTOR)
