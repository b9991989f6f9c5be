"""What somebody shows beside a passphrase, and the codes for the day it is lost."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, personal


def _of_account(category: Category) -> Declared:
    return personal(category, Purpose.STAFF, "logs_months", Erasure.DELETE)


HISTORY = _of_account(Category.HISTORY)
SECRET = _of_account(Category.SECRET)


def _account() -> Mapped[int]:
    return mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True, info=HISTORY)


class TotpKey(Base):
    """The key of an application, sealed; it counts once a code has confirmed it."""

    __tablename__ = "totp_key"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    account_id: Mapped[int] = _account()
    sealed_key: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)
    created_at: Mapped[datetime] = mapped_column(info=HISTORY)
    confirmed_at: Mapped[datetime | None] = mapped_column(info=HISTORY)
    # The step of the last code: neither it nor one before it is taken again (RFC 6238, 5.2).
    used_step: Mapped[int | None] = mapped_column(BigInteger, info=HISTORY)


class RecoveryCode(Base):
    """One code of a set, hashed under the salt of the set."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    account_id: Mapped[int] = _account()
    salt: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)
    created_at: Mapped[datetime] = mapped_column(info=HISTORY)
    used_at: Mapped[datetime | None] = mapped_column(info=HISTORY)


class Passkey(Base):
    """A passkey: the public half of it, and how its owner calls it."""

    __tablename__ = "passkey"
    __table_args__ = (Index(None, "credential_id", unique=True), NUMBERED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    account_id: Mapped[int] = _account()
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)
    public_key: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)
    # What the device knows the account by, and says when it is asked without a name.
    handle: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)
    sign_count: Mapped[int] = mapped_column(BigInteger, info=HISTORY)
    name: Mapped[str] = mapped_column(info=_of_account(Category.NOTE))
    created_at: Mapped[datetime] = mapped_column(info=HISTORY)
    used_at: Mapped[datetime | None] = mapped_column(info=HISTORY)
