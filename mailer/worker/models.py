"""Whose turn it was: one row per job, so that two workers do not both begin it."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN


class JobTurn(Base):
    """The last turn of a job that some worker took, numbered by its interval since 1970."""

    __tablename__ = "job_turn"

    job: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    number: Mapped[int] = mapped_column(info=PLAIN)
    taken_at: Mapped[datetime] = mapped_column(info=PLAIN)
