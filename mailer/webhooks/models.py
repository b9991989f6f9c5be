"""Who is told of what, and what became of each telling."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Enum,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.db import NUMBERED_ONCE, Base
from mailer.events import Event
from mailer.personal import PLAIN

DUE = text("next_at IS NOT NULL")
OPEN = text("state <> 'sent'")


class State(StrEnum):
    """`dead` is given up: only a person has it sent again."""

    QUEUED = "queued"
    SENT = "sent"
    DEAD = "dead"


class Endpoint(Base):
    """An address of another program, and the secret that it knows us by."""

    __tablename__ = "webhook_endpoint"
    __table_args__ = (
        CheckConstraint(
            "(sealed_previous IS NULL) = (previous_until IS NULL)", name="previous_ends"
        ),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    url: Mapped[str] = mapped_column(info=PLAIN)
    # What it is told of; of everything, when empty.
    kinds: Mapped[str] = mapped_column(info=PLAIN)
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary, info=PLAIN)
    # The secret before it signs too for a day, so that no delivery is refused meanwhile.
    sealed_previous: Mapped[bytes | None] = mapped_column(LargeBinary, info=PLAIN)
    previous_until: Mapped[datetime | None] = mapped_column(info=PLAIN)
    created_at: Mapped[datetime] = mapped_column(info=PLAIN)
    disabled_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # Since when it has taken nothing of what it was sent.
    failing_since: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # Nothing is sent to it before: one worker is at it, or it failed just now.
    rests_until: Mapped[datetime | None] = mapped_column(info=PLAIN)

    @property
    def listens_to(self) -> tuple[str, ...]:
        return tuple(self.kinds.split())


class Telling(Base):
    """One event for one endpoint. `next_at` stands exactly while something is left to do."""

    __tablename__ = "webhook_telling"
    __table_args__ = (
        UniqueConstraint("endpoint_id", "event_id"),
        CheckConstraint("(next_at IS NOT NULL) = (state = 'queued')", name="queued_has_hour"),
        Index(
            "ix_webhook_telling_due",
            "endpoint_id",
            "next_at",
            sqlite_where=DUE,
            postgresql_where=DUE,
        ),
        Index(None, "event_id"),
        # Most have been received: nobody looks for the others among them.
        Index("ix_webhook_telling_not_sent", "state", sqlite_where=OPEN, postgresql_where=OPEN),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    endpoint_id: Mapped[int] = mapped_column(
        ForeignKey("webhook_endpoint.id", ondelete="CASCADE"), info=PLAIN
    )
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), info=PLAIN)
    state: Mapped[State] = mapped_column(
        Enum(State, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20),
        info=PLAIN,
    )
    attempts: Mapped[int] = mapped_column(default=0, info=PLAIN)
    next_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    tried_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # What the receiver answered, or why nothing came back: a code of outgoing.Reason.
    status: Mapped[int | None] = mapped_column(info=PLAIN)
    failure: Mapped[str | None] = mapped_column(info=PLAIN)

    endpoint: Mapped[Endpoint] = relationship()
    event: Mapped[Event] = relationship(lazy="joined")
