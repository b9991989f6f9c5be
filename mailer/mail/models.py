"""The outbox: mails to one person, written in the transaction that they tell of."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, CheckConstraint, Enum, Index
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, personal


class State(StrEnum):
    """Where a mail of the outbox stands.

    `uncertain`: it may have arrived, and is sent once more; `repeated` is its second lease.
    """

    QUEUED = "queued"
    LEASED = "leased"
    UNCERTAIN = "uncertain"
    REPEATED = "repeated"
    SENT = "sent"
    FAILED = "failed"


def _emptied(category: Category) -> Declared:
    return personal(category, Purpose.NEWSLETTER, "sent_mail_days", Erasure.EMPTY)


def _kept(category: Category) -> Declared:
    because = "that a mail left, of nobody: its address and its words are gone"
    return personal(category, Purpose.NEWSLETTER, "sent_mail_days", Erasure.KEEP, because)


WENT = _kept(Category.HISTORY)


class OutboxMessage(Base):
    """A mail on its way. Once it is sent or given up, only ids, times and the status are kept."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint("(next_at IS NULL) = (state IN ('sent', 'failed'))", name="to_do_has_hour"),
        CheckConstraint("(next_at IS NULL) = (recipient IS NULL)", name="over_names_nobody"),
        # The ended stay for weeks: what waits, and what ended just now, is found beside them.
        Index(None, "state", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    # What the mail is about ("confirmation:12"): for tracing, never joined.
    origin: Mapped[str] = mapped_column(info=_kept(Category.REFERENCE))
    message_id: Mapped[str] = mapped_column(unique=True, info=WENT)
    sender: Mapped[str] = mapped_column(info=PLAIN)
    return_path: Mapped[str] = mapped_column(info=PLAIN)
    recipient: Mapped[str | None] = mapped_column(info=_emptied(Category.EMAIL))
    subject: Mapped[str | None] = mapped_column(info=_emptied(Category.MESSAGE))
    text: Mapped[str | None] = mapped_column(info=_emptied(Category.MESSAGE))
    html: Mapped[str | None] = mapped_column(info=_emptied(Category.MESSAGE))
    headers: Mapped[list[tuple[str, str]]] = mapped_column(JSON, info=_emptied(Category.MESSAGE))
    # The subscription on which it rests: whether it still does is asked once more at the claim.
    # No foreign key: once that row is gone, so is the ground.
    subscription_id: Mapped[int | None] = mapped_column(info=_emptied(Category.REFERENCE))
    written_at: Mapped[datetime] = mapped_column(info=WENT)
    give_up_at: Mapped[datetime] = mapped_column(info=PLAIN)
    state: Mapped[State] = mapped_column(
        Enum(State, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20),
        info=WENT,
    )
    attempts: Mapped[int] = mapped_column(default=0, info=PLAIN)
    # When somebody should look at it: the next attempt, or the end of a worker's lease.
    next_at: Mapped[datetime | None] = mapped_column(index=True, info=PLAIN)
    ended_at: Mapped[datetime | None] = mapped_column(info=WENT)
    # The last enhanced status code (RFC 3463), never its text.
    status: Mapped[str | None] = mapped_column(info=WENT)


class MailboxPosition(Base):
    """How far a mailbox has been read: the number of the last mail, under a series of numbers."""

    __tablename__ = "mailbox_position"

    mailbox: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    # A server that numbers its mails anew says so by another one (RFC 3501, 2.3.1.1).
    uidvalidity: Mapped[int] = mapped_column(BigInteger, info=PLAIN)
    last_uid: Mapped[int] = mapped_column(BigInteger, info=PLAIN)
    read_at: Mapped[datetime] = mapped_column(info=PLAIN)
    # The mail at which the server broke off, and how often in a row.
    failing_uid: Mapped[int] = mapped_column(BigInteger, default=0, info=PLAIN)
    failures: Mapped[int] = mapped_column(default=0, info=PLAIN)


class CollectedMail(Base):
    """A mail of a POP3 mailbox, by its name there; the row goes when the mail has gone."""

    __tablename__ = "collected_mail"

    mailbox: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    uidl: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    # How often the server broke off at it.
    failures: Mapped[int] = mapped_column(info=PLAIN)
    taken_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # Whether there was something to read; what was not is left in the mailbox.
    is_read: Mapped[bool] = mapped_column(info=PLAIN)


class RelayPause(Base):
    """A relay that is left alone for a while, for every worker; the row goes when it answers."""

    __tablename__ = "relay_pause"

    relay: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    since: Mapped[datetime] = mapped_column(info=PLAIN)
    until: Mapped[datetime] = mapped_column(info=PLAIN)
    # How often in a row it was left alone.
    times: Mapped[int] = mapped_column(info=PLAIN)
    # The enhanced status code that it gave, or ours for its silence.
    status: Mapped[str] = mapped_column(info=PLAIN)


class SendingWindow(Base):
    """How many mails were taken on within a second, an hour or a day, under one of the limits."""

    __tablename__ = "sending_window"

    # "all", "relay:principal" or "domain:exemple.fr": a domain is not a person.
    scope: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    span: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True, info=PLAIN)
    taken: Mapped[int] = mapped_column(info=PLAIN)
