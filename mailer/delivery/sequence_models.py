"""Series of letters to whoever has just confirmed, their letters, and the campaigns of each."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.db import Base
from mailer.delivery.models import DECIDED, Campaign, words
from mailer.delivery.sequence_rules import SequenceState
from mailer.newsletters.models import Issue
from mailer.personal import PLAIN
from mailer.subscriptions.models import MailingList


class Sequence(Base):
    """What the newcomers of a list receive; those count who confirmed since `started_at`."""

    __tablename__ = "sequence"
    __table_args__ = (
        CheckConstraint(
            "state = 'draft' OR (started_at IS NOT NULL AND confirmed_by IS NOT NULL"
            " AND confirmed_at IS NOT NULL)",
            name="started_by_somebody",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_list.id"), unique=True, info=PLAIN)
    state: Mapped[SequenceState] = mapped_column(
        words(SequenceState), default=SequenceState.DRAFT, info=PLAIN
    )
    created_by: Mapped[int] = mapped_column(ForeignKey("account.id"), info=DECIDED)
    created_at: Mapped[datetime] = mapped_column(info=PLAIN)
    started_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # Who last had it leave by itself, and when.
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=DECIDED)
    confirmed_at: Mapped[datetime | None] = mapped_column(info=PLAIN)

    mailing_list: Mapped[MailingList] = relationship()
    steps: Mapped[list["SequenceStep"]] = relationship(
        cascade="all, delete-orphan", order_by="SequenceStep.days", back_populates="sequence"
    )


class SequenceStep(Base):
    """A letter, so many days after the confirmation: 0 is a welcome."""

    __tablename__ = "sequence_step"
    __table_args__ = (
        UniqueConstraint("sequence_id", "days"),
        UniqueConstraint("sequence_id", "issue_id"),
        CheckConstraint("days BETWEEN 0 AND 365", name="within_a_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    sequence_id: Mapped[int] = mapped_column(
        ForeignKey("sequence.id", ondelete="CASCADE"), info=PLAIN
    )
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True, info=PLAIN)
    days: Mapped[int] = mapped_column(info=PLAIN)
    # Since when it stands on that day: whoever was past it by then does not get it.
    planned_at: Mapped[datetime] = mapped_column(info=PLAIN)
    # What was approved when the series was started: nothing else leaves.
    content_hash: Mapped[str] = mapped_column(String(64), default="", info=PLAIN)

    sequence: Mapped[Sequence] = relationship(back_populates="steps")
    issue: Mapped[Issue] = relationship()
    rounds: Mapped[list["SequenceRound"]] = relationship(
        cascade="all, delete-orphan", order_by="SequenceRound.opened_at", back_populates="step"
    )


class SequenceRound(Base):
    """A campaign of a step: it takes in who is due, until another one does."""

    __tablename__ = "sequence_round"

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaign.id"), primary_key=True, autoincrement=False, info=PLAIN
    )
    step_id: Mapped[int] = mapped_column(
        ForeignKey("sequence_step.id", ondelete="CASCADE"), index=True, info=PLAIN
    )
    opened_at: Mapped[datetime] = mapped_column(info=PLAIN)

    step: Mapped[SequenceStep] = relationship(back_populates="rounds")
    campaign: Mapped[Campaign] = relationship()
