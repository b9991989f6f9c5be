"""A passphrase is chosen: for a new account, in the place of a forgotten one, or of the present."""

import hashlib
from datetime import datetime
from pathlib import Path

from flask import current_app

from mailer import addresses
from mailer.abuse import allowance
from mailer.accounts import emails, leaks, passphrases, queries, session_rows
from mailer.accounts.guesses import Fault
from mailer.accounts.models import Account
from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.errors import Expired, Invalid
from mailer.mail import outbox, retry
from mailer.tokens import CHOOSE_PASSPHRASE

# The number of an account that there never is.
NOBODY = 0


class Guessable(Invalid):
    """The passphrase would be found soon; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__("passphrase")
        self.fault = fault


def checked(passphrase: str, email: str, name: str) -> str:
    """The hash of a passphrase that is hard to guess; raises Guessable for any other."""
    known = (current_app.config["ORGANISATION"], email, name)
    if fault := passphrases.fault(passphrase, known):
        raise Guessable(fault)
    leaked = current_app.config["LEAKED_PASSPHRASES"]
    if leaked and leaks.stands_in(passphrase, Path(leaked)):
        raise Guessable(Fault.LEAKED)
    return passphrases.hashed(passphrase)


def ask(address: Address, language: str, at: datetime) -> None:
    """Write to that mailbox, as often as any form may: a link, or that it opens nothing here."""
    fingerprint = addresses.fingerprint(address, current_app.config["FINGERPRINT_KEY"])
    account = queries.mailbox_of(address)
    if not allowance.may_write(fingerprint, address.display, at):
        return
    # Both are built and one is sent, so that neither takes longer than the other.
    nothing = emails.no_account(address.display, language)
    someone = account or _nobody(address.display)
    link = emails.passphrase_link(someone, _token(someone))
    message, origin = (link, f"account:{account.id}") if account else (nothing, "mailbox")
    outbox.put(message, origin, retry.CONFIRMATION_PATIENCE)


def send_link(account: Account, actor: str) -> None:
    """Write to a colleague themselves: a link, which nobody else sees."""
    record(actor, "send-passphrase-link", f"account:{account.id}")
    link = emails.passphrase_link(account, _token(account))
    outbox.put(link, f"account:{account.id}", retry.CONFIRMATION_PATIENCE)


def _nobody(email: str) -> Account:
    return Account(id=NOBODY, email=email, passphrase_hash="", language="fr")


def _token(account: Account) -> str:
    return CHOOSE_PASSPHRASE.sign([account.id, _mark(account)])


def _mark(account: Account) -> str:
    """What another passphrase changes: a link serves once, and all of them end with it."""
    return hashlib.sha256(account.passphrase_hash.encode()).hexdigest()[:20]


def owner(token: str) -> Account:
    """Whose passphrase the link replaces; Expired once it has served or its time is over."""
    match CHOOSE_PASSPHRASE.read(token):
        case [int(account_id), str(mark)]:
            account = queries.by_id(account_id)
            if account is None or _mark(account) != mark:
                raise Expired("passphrase")
            return account
    raise Invalid("passphrase")


def replace(token: str, passphrase: str, at: datetime) -> Account:
    """Take the new passphrase in the place of the forgotten one."""
    account = owner(token)
    set_passphrase(account, passphrase, at)
    fingerprint = addresses.fingerprint(
        addresses.parse(account.email), current_app.config["FINGERPRINT_KEY"]
    )
    allowance.answered(fingerprint)
    return account


def set_passphrase(account: Account, passphrase: str, at: datetime, but: int | None = None) -> None:
    """Give the account that passphrase, end its sessions, save that one, and tell its owner."""
    account.passphrase_hash = checked(passphrase, account.email, account.name)
    session_rows.end_all(account.id, at, but)
    record(queries.actor_of(account.id), "change-passphrase", f"account:{account.id}")
    outbox.put(emails.passphrase_changed(account), f"account:{account.id}")
