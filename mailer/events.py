"""What happened that other programs may want to know: a row, in the transaction in which it did.

Whoever listens is told by a job later (webhooks/jobs.py); nothing here knows who does.
"""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from mailer.clock import now
from mailer.db import NUMBERED_ONCE, Base, db, hint
from mailer.personal import PLAIN

JOB = "send-webhooks"
UNTOLD = text("told_at IS NULL")


class Kind(StrEnum):
    """What happened; the names are kept for as long as programs listen to them."""

    SUBSCRIPTION_CONFIRMED = "subscription.confirmed"
    SUBSCRIPTION_ENDED = "subscription.ended"
    LETTER_APPROVED = "letter.approved"
    CAMPAIGN_STARTED = "campaign.started"
    CAMPAIGN_FAILED = "campaign.failed"
    CAMPAIGN_FINISHED = "campaign.finished"
    CAMPAIGN_STOPPED = "campaign.stopped"
    REQUEST_RECEIVED = "request.received"
    # Sent when somebody tries an endpoint, and to that one alone.
    TEST = "test"


class Event(Base):
    """One thing that happened, with the numbers of what it happened to and nothing else."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_untold", "id", sqlite_where=UNTOLD, postgresql_where=UNTOLD),
        Index(None, "at"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    # How receivers know it again, however often it comes.
    uid: Mapped[str] = mapped_column(unique=True, info=PLAIN)
    kind: Mapped[str] = mapped_column(info=PLAIN)
    at: Mapped[datetime] = mapped_column(info=PLAIN)
    # Things by their number, which nothing answers to once they are gone.
    data: Mapped[dict[str, int]] = mapped_column(JSON, info=PLAIN)
    # When it was noted whom to tell.
    told_at: Mapped[datetime | None] = mapped_column(info=PLAIN)


def happened(kind: Kind, **numbers: int) -> Event:
    """Note that it happened; who listens is told once this transaction is committed."""
    event = Event(uid=f"msg_{secrets.token_hex(12)}", kind=kind.value, at=now(), data=numbers)
    db.session.add(event)
    hint(JOB)
    return event
