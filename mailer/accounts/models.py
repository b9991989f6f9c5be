"""The people at the desk, what they may do, and the attempts to sign in."""

import secrets
from datetime import datetime

from sqlalchemy import Enum, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.accounts.roles import Role
from mailer.db import Base


def new_stamp() -> str:
    """A stamp that no session carries yet."""
    return secrets.token_urlsafe(16)


class Account(Base):
    """Someone who works at the desk. A session holds the stamp; a new stamp ends all of them."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True, info={"personal": "email"})
    name: Mapped[str] = mapped_column(info={"personal": "name"})
    passphrase_hash: Mapped[str] = mapped_column(info={"personal": "secret"})
    stamp: Mapped[str] = mapped_column(default=new_stamp)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    grants: Mapped[list["AccountRole"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role.value for grant in self.grants)


class AccountRole(Base):
    """One role that the account holds."""

    __tablename__ = "account_role"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[Role] = mapped_column(
        Enum(Role, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20),
        primary_key=True,
    )


class SignIn(Base):
    """One attempt, by address fingerprint: an address without account slows down like another."""

    __tablename__ = "sign_in"
    __table_args__ = (
        Index(None, "fingerprint", "network", "at"),
        Index(None, "network", "at"),
        Index(None, "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(info={"personal": "fingerprint"})
    network: Mapped[str] = mapped_column(info={"personal": "network"})
    at: Mapped[datetime]
    succeeded: Mapped[bool]
