"""What each day brought to each list and took from it: numbers, of nobody."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN


class ListDay(Base):
    """One list on one day that is over; how many received it that evening, where it was counted."""

    __tablename__ = "list_day"

    list_id: Mapped[int] = mapped_column(
        ForeignKey("mailing_list.id"), primary_key=True, info=PLAIN
    )
    day: Mapped[date] = mapped_column(primary_key=True, info=PLAIN)
    came: Mapped[int] = mapped_column(info=PLAIN)
    went: Mapped[int] = mapped_column(info=PLAIN)
    active: Mapped[int | None] = mapped_column(info=PLAIN)
