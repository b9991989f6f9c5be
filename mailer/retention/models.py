"""What the purge did: a count per rule, of nobody."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN


class PurgeLine(Base):
    """How many rows one rule ended at one time."""

    __tablename__ = "purge_line"
    __table_args__ = (CheckConstraint("number > 0", name="ended_some"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    at: Mapped[datetime] = mapped_column(index=True, info=PLAIN)
    table_name: Mapped[str] = mapped_column(info=PLAIN)
    keep: Mapped[str] = mapped_column(info=PLAIN)
    then: Mapped[str] = mapped_column(info=PLAIN)
    number: Mapped[int] = mapped_column(info=PLAIN)
