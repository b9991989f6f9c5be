"""What is measured, each mode in a table of its own: nothing is derived from a richer record."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.delivery.models import Number
from mailer.personal import PLAIN, Category, Erasure, Purpose, personal

SEEN = personal(Category.ENGAGEMENT, Purpose.MEASUREMENT, "logs_months", Erasure.DELETE)
LAST_SEEN = personal(Category.ENGAGEMENT, Purpose.MEASUREMENT, "prospect_months", Erasure.DELETE)


class MeasuredLink(Base):
    """Where the n-th link of a campaign leads: a hit is only ever sent to one of these."""

    __tablename__ = "measured_link"
    __table_args__ = (
        UniqueConstraint("campaign_id", "url"),
        CheckConstraint("position > 0", name="after_opening"),
    )

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True, info=PLAIN
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=PLAIN)
    url: Mapped[str] = mapped_column(info=PLAIN)


class DailyHits(Base):
    """Mode `aggregate`: how often a day, of everybody together. Position 0 is the opening."""

    __tablename__ = "daily_hits"

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True, info=PLAIN
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=PLAIN)
    day: Mapped[date] = mapped_column(primary_key=True, info=PLAIN)
    hits: Mapped[int] = mapped_column(info=PLAIN)


class LastOpen(Base):
    """Mode `last_open_date`: the day of the last opening, written over, with no history."""

    __tablename__ = "last_open"

    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscriber.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=LAST_SEEN,
    )
    day: Mapped[date] = mapped_column(index=True, info=LAST_SEEN)


class Hit(Base):
    """Mode `individual`: the first time that somebody who agreed opened a mail, or a link of it."""

    __tablename__ = "hit"
    __table_args__ = (UniqueConstraint("delivery_id", "position"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True, info=PLAIN)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id"), info=SEEN)
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscriber.id", ondelete="CASCADE"), index=True, info=SEEN
    )
    position: Mapped[int] = mapped_column(info=SEEN)
    at: Mapped[datetime] = mapped_column(index=True, info=SEEN)
