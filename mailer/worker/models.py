"""Whose turn it was, so that two workers do not both begin a job; and which workers are alive."""

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


class WorkerBeat(Base):
    """A worker that was alive at `beat_at`; one that ended as it should takes its row with it."""

    __tablename__ = "worker_beat"

    worker: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    host: Mapped[str] = mapped_column(info=PLAIN)
    version: Mapped[str] = mapped_column(info=PLAIN)
    started_at: Mapped[datetime] = mapped_column(info=PLAIN)
    beat_at: Mapped[datetime] = mapped_column(info=PLAIN)
    # The jobs that it was doing then.
    doing: Mapped[str] = mapped_column(info=PLAIN)
