"""Counts in windows of time, shared by every process through the database.

A key is a digest that changes each day: what is counted cannot be read back, nor followed.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from flask import current_app
from sqlalchemy import Index, TextualSelect, bindparam, exists, select, text
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base, UTCDateTime, db
from mailer.personal import PLAIN, Category, Erasure, Purpose, personal

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
# The key of what is counted for everybody together.
EVERYBODY = ""
ALARM = "alarm"


class Counter(Base):
    """How often something happened in one window, for one network, one mailbox or everybody."""

    __tablename__ = "counter"
    __table_args__ = (Index(None, "starts_at"),)

    kind: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    key: Mapped[str] = mapped_column(
        primary_key=True,
        info=personal(
            Category.NETWORK,
            Purpose.SECURITY,
            "counter_days",
            Erasure.KEEP,
            "a digest with the key of one day, which nobody can link to a person afterwards",
        ),
    )
    starts_at: Mapped[datetime] = mapped_column(primary_key=True, info=PLAIN)
    number: Mapped[int] = mapped_column(info=PLAIN)


@dataclass(frozen=True, order=True)
class Window:
    """What is counted, for whom, and from when on."""

    kind: str
    key: str
    starts_at: datetime


def window(kind: str, key: str, length: timedelta, at: datetime) -> Window:
    """The window of that length that the instant lies in; windows of two lengths need two kinds."""
    seconds = length // SECOND
    begun = datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)
    return Window(kind, key, begun)


def count(windows: Collection[Window]) -> Mapping[Window, int]:
    """Add one to each window, and say how far each is now: one statement, exact under concurrency.

    Each row stays held until the transaction ends; all take them in the same order.
    """
    ordered = sorted(windows)
    found = db.session.execute(
        _statement(len(ordered)),
        {
            f"{name}{n}": value
            for n, each in enumerate(ordered)
            for name, value in vars(each).items()
        },
    )
    return {Window(*row[:3]): row.number for row in found}


@cache
def _statement(rows: int) -> TextualSelect:
    values = ", ".join(f"(:kind{n}, :key{n}, :starts_at{n}, 1)" for n in range(rows))
    counted = text(
        f"INSERT INTO counter (kind, key, starts_at, number) VALUES {values}"  # noqa: S608 - names of parameters only
        " ON CONFLICT (kind, key, starts_at) DO UPDATE SET number = counter.number + 1"
        " RETURNING kind, key, starts_at, number"
    )
    instants = (bindparam(f"starts_at{n}", type_=UTCDateTime()) for n in range(rows))
    columns = (Counter.kind, Counter.key, Counter.starts_at, Counter.number)
    return counted.bindparams(*instants).columns(*columns)


def pseudonym(value: str, at: datetime) -> str:
    """The digest that stands for a network or a mailbox on that day."""
    key = str(current_app.config["SECRET_KEYS"][-1]).encode()
    return hmac.digest(key, f"counter {at:%Y-%m-%d} {value}".encode(), hashlib.sha256).hex()[:32]


def raise_alarm(at: datetime) -> None:
    """Note that a ceiling is near or reached; it holds to the end of the next hour."""
    count([window(ALARM, EVERYBODY, HOUR, at)])


def is_alarm(at: datetime) -> bool:
    """Whether a ceiling was near in this hour or in the one before."""
    this_hour = window(ALARM, EVERYBODY, HOUR, at).starts_at
    raised = exists().where(
        Counter.kind == ALARM,
        Counter.key == EVERYBODY,
        Counter.starts_at.in_((this_hour, this_hour - HOUR)),
    )
    return bool(db.session.scalar(select(raised)))
