"""Reading what factors an account has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select, union_all

from mailer.accounts.factors.models import Passkey, RecoveryCode, TotpKey
from mailer.db import db
from mailer.errors import NotFound


@dataclass(frozen=True)
class Factors:
    """What an account can show beside its passphrase, and how many codes are left for the worst."""

    totp: TotpKey | None
    passkeys: Sequence[Passkey]
    codes_left: int

    @property
    def number(self) -> int:
        """How many there are; the codes are no factor, they stand for one that was lost."""
        return len(self.passkeys) + (self.totp is not None)


def of(account_id: int) -> Factors:
    """The factors of that account."""
    left = select(func.count()).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return Factors(confirmed(account_id), passkeys(account_id), db.session.scalar(left) or 0)


def has_any(account_id: int) -> bool:
    """Whether the account has a factor that counts: one statement."""
    totp = exists().where(TotpKey.account_id == account_id, TotpKey.confirmed_at.is_not(None))
    passkey = exists().where(Passkey.account_id == account_id)
    return bool(db.session.scalar(select(or_(totp, passkey))))


def since() -> dict[int, datetime]:
    """Since when each account has a factor that counts; who has none is not named."""
    totp = select(TotpKey.account_id, TotpKey.confirmed_at.label("at")).where(
        TotpKey.confirmed_at.is_not(None)
    )
    passkeys = select(Passkey.account_id, Passkey.created_at.label("at"))
    every = union_all(totp, passkeys).subquery()
    first = select(every.c.account_id, func.min(every.c.at)).group_by(every.c.account_id)
    return dict(db.session.execute(first).all())


def confirmed(account_id: int) -> TotpKey | None:
    """The key of the application, once it counts."""
    return _key(account_id, TotpKey.confirmed_at.is_not(None))


def proposed(account_id: int) -> TotpKey | None:
    """The key that no code has confirmed yet."""
    return _key(account_id, TotpKey.confirmed_at.is_(None))


def _key(account_id: int, state: ColumnElement[bool]) -> TotpKey | None:
    found = select(TotpKey).where(TotpKey.account_id == account_id, state)
    return db.session.scalar(found)


def passkeys(account_id: int) -> Sequence[Passkey]:
    """The passkeys of the account, the oldest first."""
    found = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id)
    return db.session.scalars(found).all()


def passkey(account_id: int, passkey_id: int) -> Passkey:
    """The passkey of that number, if it is the account's own; raises NotFound."""
    found = db.session.get(Passkey, passkey_id)
    if found is None or found.account_id != account_id:
        raise NotFound("passkey")
    return found


def by_credential(credential_id: bytes) -> Passkey | None:
    """The passkey that the browser names."""
    return db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def unused_codes(account_id: int) -> Sequence[RecoveryCode]:
    """The codes that are left."""
    return db.session.scalars(
        select(RecoveryCode)
        .where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
        .order_by(RecoveryCode.id)
    ).all()
