"""The outbox: mails to one person, written in the transaction that they tell of."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Enum
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base


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


class OutboxMessage(Base):
    """A mail on its way. Once it is sent or given up, only ids, times and the status are kept."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint("(next_at IS NULL) = (state IN ('sent', 'failed'))", name="to_do_has_hour"),
        CheckConstraint("(next_at IS NULL) = (recipient IS NULL)", name="over_names_nobody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # What the mail is about ("confirmation:12"): for tracing, never joined.
    origin: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    sender: Mapped[str]
    return_path: Mapped[str]
    recipient: Mapped[str | None] = mapped_column(info={"personal": "email"})
    subject: Mapped[str | None] = mapped_column(info={"personal": "letter"})
    text: Mapped[str | None] = mapped_column(info={"personal": "letter"})
    html: Mapped[str | None] = mapped_column(info={"personal": "letter"})
    headers: Mapped[list[tuple[str, str]]] = mapped_column(JSON)
    written_at: Mapped[datetime]
    give_up_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(
        Enum(State, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20)
    )
    attempts: Mapped[int] = mapped_column(default=0)
    # When somebody should look at it: the next attempt, or the end of a worker's lease.
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    # The last enhanced status code (RFC 3463), never its text.
    status: Mapped[str | None]
