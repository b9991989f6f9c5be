"""The people at the desk, what they may do, their sessions, and the attempts to sign in."""

import secrets
from datetime import datetime

from sqlalchemy import Enum, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.accounts.roles import Role
from mailer.accounts.standing import Standing
from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, erased_after, personal

WORKED_HERE = "says when, and names nobody once the account is emptied"
WORKED = personal(Category.HISTORY, Purpose.STAFF, "logs_months", Erasure.KEEP, WORKED_HERE)
GRANTED = personal(Category.HISTORY, Purpose.STAFF, "logs_months", Erasure.DELETE)


def _emptied(category: Category) -> Declared:
    # As long as the record names what was done there.
    return personal(category, Purpose.STAFF, "logs_months", Erasure.EMPTY)


def _tried(category: Category) -> Declared:
    because = "who tried the door of the desk; a log of security, without any address"
    return personal(category, Purpose.SECURITY, "logs_months", Erasure.KEEP, because)


TRIED = _tried(Category.HISTORY)
SAID = personal(Category.CHOICE, Purpose.STAFF, "logs_months", Erasure.KEEP, WORKED_HERE)


def _invited(category: Category) -> Declared:
    return personal(category, Purpose.STAFF, "sent_mail_days", Erasure.DELETE)


def _held(category: Category) -> Declared:
    return personal(category, Purpose.SECURITY, "session_days", Erasure.DELETE)


HELD = _held(Category.HISTORY)


def new_key() -> str:
    """A key that nothing carries yet."""
    return secrets.token_urlsafe(16)


class Account(Base):
    """Someone who works at the desk."""

    __tablename__ = "account"
    __table_args__ = erased_after("closed_at")

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    email: Mapped[str] = mapped_column(unique=True, info=_emptied(Category.EMAIL))
    name: Mapped[str] = mapped_column(info=_emptied(Category.NAME))
    passphrase_hash: Mapped[str] = mapped_column(info=_emptied(Category.SECRET))
    # Held by the address of a calendar, which outlives the sessions; a new one ends it.
    calendar_key: Mapped[str] = mapped_column(
        default=new_key, server_default="", info=_emptied(Category.SECRET)
    )
    # Of the desk, and of the mails that tell of the account.
    language: Mapped[str] = mapped_column(default="fr", server_default="fr", info=SAID)
    created_at: Mapped[datetime] = mapped_column(info=WORKED)
    last_seen_at: Mapped[datetime | None] = mapped_column(info=WORKED)
    closed_at: Mapped[datetime | None] = mapped_column(info=WORKED)

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
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, info=GRANTED
    )
    role: Mapped[Role] = mapped_column(
        Enum(Role, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20),
        primary_key=True,
        info=GRANTED,
    )


class Invitation(Base):
    """Somebody may choose a passphrase and come; the row goes when they do, or when withdrawn."""

    __tablename__ = "invitation"
    __table_args__ = NUMBERED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    email: Mapped[str] = mapped_column(unique=True, info=_invited(Category.EMAIL))
    name: Mapped[str] = mapped_column(info=_invited(Category.NAME))
    roles: Mapped[str] = mapped_column(info=_invited(Category.HISTORY))
    language: Mapped[str] = mapped_column(info=_invited(Category.CHOICE))
    sent_at: Mapped[datetime] = mapped_column(info=_invited(Category.HISTORY))
    # The link of the last mail alone opens it.
    sendings: Mapped[int] = mapped_column(info=_invited(Category.HISTORY))


class Session(Base):
    """Somebody signed in with one browser, until it expires; ending it is expiring it at once."""

    __tablename__ = "session"
    __table_args__ = (Index(None, "account_id"), Index(None, "expires_at"), NUMBERED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), info=HELD)
    token_hash: Mapped[str] = mapped_column(unique=True, info=_held(Category.SECRET))
    since: Mapped[datetime] = mapped_column(info=HELD)
    last_seen_at: Mapped[datetime] = mapped_column(info=HELD)
    expires_at: Mapped[datetime] = mapped_column(info=HELD)
    # Filled once the session has gone on under another id, which is another row.
    renewed_at: Mapped[datetime | None] = mapped_column(info=HELD)
    network: Mapped[str] = mapped_column(info=_held(Category.NETWORK))
    browser: Mapped[str] = mapped_column(info=_held(Category.NETWORK))
    standing: Mapped[Standing] = mapped_column(
        Enum(
            Standing, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20
        ),
        info=HELD,
    )
    # As they were when the id was given: other ones ask for another id.
    roles: Mapped[str] = mapped_column(info=HELD)


class SignIn(Base):
    """One attempt, by address fingerprint: an address without account slows down like another."""

    __tablename__ = "sign_in"
    __table_args__ = (
        Index(None, "fingerprint", "network", "at"),
        Index(None, "network", "at"),
        Index(None, "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    fingerprint: Mapped[str] = mapped_column(info=_tried(Category.FINGERPRINT))
    network: Mapped[str] = mapped_column(info=_tried(Category.NETWORK))
    at: Mapped[datetime] = mapped_column(info=TRIED)
    succeeded: Mapped[bool] = mapped_column(info=TRIED)
