"""Factors are set, shown and taken away."""

import hmac
from datetime import datetime

from flask import current_app
from sqlalchemy import Delete, delete, or_, select, update

from mailer.accounts import queries as accounts
from mailer.accounts.factors import ceremonies, emails, passkeys, queries, recovery, sealed, totp
from mailer.accounts.factors.changes import Change
from mailer.accounts.factors.models import Passkey, RecoveryCode, TotpKey
from mailer.accounts.factors.obligation import may_lose_one
from mailer.accounts.factors.passkeys import Known, Owner
from mailer.accounts.models import Account
from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import Conflict, Invalid, NotFound
from mailer.mail import outbox

# More would be a list that nobody looks through.
MOST_PASSKEYS = 10


def propose_key(account_id: int, at: datetime) -> str:
    """A key for an application; it counts for nothing until a code confirms it."""
    _hold(account_id)
    _forget_proposed(account_id)
    key = totp.new_key()
    closed = sealed.seal(key.encode(), _keys(), _bound(account_id))
    db.session.add(TotpKey(account_id=account_id, sealed_key=closed, created_at=at))
    db.session.flush()
    return key


def key_of(row: TotpKey) -> str:
    """The key in clear, for the application or for a comparison."""
    return sealed.unseal(row.sealed_key, _keys(), _bound(row.account_id)).decode()


def confirm_key(account_id: int, typed: str, at: datetime) -> None:
    """Let the proposed key count, in the place of the one before; Invalid for a wrong code."""
    _hold(account_id)
    row = queries.proposed(account_id)
    if row is None:
        raise NotFound("totp_key")
    step = totp.step_of(key_of(row), typed, at, None)
    before = queries.confirmed(account_id)
    if before:
        db.session.delete(before)
    row.confirmed_at, row.used_step = at, step
    _tell(account_id, Change.SET_TOTP)


def remove_key(account_id: int) -> None:
    """Take the application away, and one that was begun; Conflict where it is the last factor."""
    _must_keep_one(account_id)
    db.session.execute(delete(TotpKey).where(TotpKey.account_id == account_id))
    _tell(account_id, Change.REMOVE_TOTP)
    _forget_codes_without_factor(account_id)


def show_code(account_id: int, typed: str, at: datetime) -> None:
    """Take a code of the application or a recovery code; Invalid for any other, and a used one."""
    if recovery.is_one(typed):
        _use_recovery(account_id, typed, at)
    else:
        _use_totp(account_id, typed, at)


def _use_totp(account_id: int, typed: str, at: datetime) -> None:
    row = queries.confirmed(account_id)
    if row is None:
        raise Invalid("code")
    step = totp.step_of(key_of(row), typed, at, row.used_step)
    # The condition once more in the statement: of two at once with one code, one is let in.
    older = or_(TotpKey.used_step.is_(None), TotpKey.used_step < step)
    taken = update(TotpKey).where(TotpKey.id == row.id, older).values(used_step=step)
    if not db.session.connection().execute(taken).rowcount:
        raise Invalid("code")


def _use_recovery(account_id: int, typed: str, at: datetime) -> None:
    codes = queries.unused_codes(account_id)
    if not codes:
        raise Invalid("code")
    place = recovery.found([c.code_digest for c in codes], recovery.digest(typed, codes[0].salt))
    if place is None:
        raise Invalid("code")
    unused = (RecoveryCode.id == codes[place].id, RecoveryCode.used_at.is_(None))
    taken = update(RecoveryCode).where(*unused).values(used_at=at)
    if not db.session.connection().execute(taken).rowcount:
        raise Invalid("code")
    _tell(account_id, Change.USE_CODE)


def renew_codes(account_id: int, at: datetime) -> list[str]:
    """Ten new recovery codes, to be shown once; those before open nothing any more."""
    before = db.session.execute(_codes_of(account_id).returning(RecoveryCode.id)).first()
    codes, salt = recovery.new_codes(), recovery.new_salt()
    db.session.add_all(
        RecoveryCode(
            account_id=account_id, salt=salt, code_digest=recovery.digest(code, salt), created_at=at
        )
        for code in codes
    )
    db.session.flush()
    if before:
        _tell(account_id, Change.RENEW_CODES)
    return codes


def owner(account: Account) -> Owner:
    """Whom a new passkey is for."""
    return Owner(_handle(account.id), account.email, account.name)


def _handle(account_id: int) -> bytes:
    """What devices know the account by; it must say nothing of a person (WebAuthn, 14.6.1)."""
    return hmac.digest(_keys()[0].encode(), f"passkey handle {account_id}".encode(), "sha256")


def add_passkey(account_id: int, name: str, answer: str, token: str, at: datetime) -> Passkey:
    """A passkey of the account; Invalid for an answer that is none, Conflict when we know it."""
    _hold(account_id)
    asked = ceremonies.spend(ceremonies.REGISTER, token, account_id)
    found = passkeys.made(answer, ceremonies.site(), asked.challenge)
    if len(queries.passkeys(account_id)) >= MOST_PASSKEYS or queries.by_credential(
        found.credential_id
    ):
        raise Conflict("passkey")
    row = Passkey(
        account_id=account_id,
        credential_id=found.credential_id,
        public_key=found.public_key,
        handle=_handle(account_id),
        sign_count=found.sign_count,
        name=name,
        created_at=at,
    )
    db.session.add(row)
    db.session.flush()
    _tell(account_id, Change.ADD_PASSKEY)
    return row


def show_passkey(answer: str, token: str, asked_of: int, at: datetime) -> int:
    """The number of the account whose passkey answered; Invalid or Expired for any other answer."""
    row = queries.by_credential(passkeys.named(answer))
    asked = ceremonies.spend(ceremonies.SHOW, token, asked_of)
    if row is None or asked_of not in {ceremonies.ANYBODY, row.account_id}:
        raise Invalid("passkey")
    known = Known(row.credential_id, row.public_key, row.sign_count, row.handle)
    row.sign_count = passkeys.shown(answer, ceremonies.site(), asked.challenge, known)
    row.used_at = at
    return row.account_id


def enter(answer: str, token: str, at: datetime) -> Account:
    """The account that the passkey alone opens; Invalid or Expired when it opens none."""
    account = accounts.by_id(show_passkey(answer, token, ceremonies.ANYBODY, at))
    if account is None:
        raise Invalid("passkey")
    return account


def rename_passkey(account_id: int, passkey_id: int, name: str) -> None:
    """Call the passkey otherwise."""
    queries.passkey(account_id, passkey_id).name = name


def remove_passkey(account_id: int, passkey_id: int) -> None:
    """Take the passkey away, whatever its device still shows; Conflict for the last factor."""
    _must_keep_one(account_id)
    db.session.delete(queries.passkey(account_id, passkey_id))
    db.session.flush()
    _tell(account_id, Change.REMOVE_PASSKEY)
    _forget_codes_without_factor(account_id)


def reset(account_id: int, actor: str) -> None:
    """Take all factors of somebody away who lost them."""
    forget(account_id)
    _tell(account_id, Change.RESET, actor)


def forget(account_id: int) -> None:
    """Take all factors of an account away that is closed: whoever comes back sets their own."""
    for table in (TotpKey, Passkey, RecoveryCode):
        db.session.execute(delete(table).where(table.account_id == account_id))


def _must_keep_one(account_id: int) -> None:
    """Raise Conflict before the last factor goes of somebody who must have one."""
    _hold(account_id)
    if not may_lose_one(queries.of(account_id), accounts.must(account_id).roles):
        raise Conflict("last factor")


def _hold(account_id: int) -> None:
    """Of two changes at once to the factors of somebody, the second sees the first."""
    db.session.execute(select(Account.id).where(Account.id == account_id).with_for_update())


def _forget_proposed(account_id: int) -> None:
    proposed = (TotpKey.account_id == account_id, TotpKey.confirmed_at.is_(None))
    db.session.execute(delete(TotpKey).where(*proposed))


def _forget_codes_without_factor(account_id: int) -> None:
    if not queries.has_any(account_id):
        db.session.execute(_codes_of(account_id))


def _codes_of(account_id: int) -> Delete:
    return delete(RecoveryCode).where(RecoveryCode.account_id == account_id)


def _tell(account_id: int, change: Change, actor: str = "") -> None:
    """Record the change, by its owner unless somebody else is named, and write to the owner."""
    account_name = accounts.actor_of(account_id)
    record(actor or account_name, change, account_name)
    account = accounts.by_id(account_id)
    if account:
        outbox.put(emails.changed(account, change), origin=account_name)


def _keys() -> list[str]:
    keys: list[str] = current_app.config["SECRET_KEYS"]
    return keys


def _bound(account_id: int) -> str:
    return f"totp:{account_id}"
