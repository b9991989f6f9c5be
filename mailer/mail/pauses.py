"""Relays that are left alone for a while, by every worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, text, update

from mailer.db import UTCDateTime, db
from mailer.mail import retry
from mailer.mail.models import RelayPause

UNASKED = timedelta(hours=24)

# What lasts longer was begun by a clock that was wrong.
SENSIBLE = 2 * retry.LONGEST_RELAY_PAUSE

# Holds the row, there before or not, until the transaction ends.
HOLD = (
    text(
        "INSERT INTO relay_pause (relay, since, until, times, status)"
        " VALUES (:relay, :at, :at, 0, :status)"
        " ON CONFLICT (relay) DO UPDATE SET relay = excluded.relay RETURNING until, times"
    )
    .bindparams(bindparam("at", type_=UTCDateTime()))
    .columns(RelayPause.until, RelayPause.times)
)


@dataclass(frozen=True)
class Pause:
    """Since when the relay does not answer, and when it is asked again; never what it said."""

    since: datetime
    until: datetime
    times: int
    status: str


def begin(relay: str, status: str, at: datetime) -> datetime:
    """Leave the relay alone, twice as long as the last time if it has not answered since.

    Says until when. Several workers that it fails at once make one pause.
    """
    held = db.session.execute(HOLD, {"relay": relay, "at": at, "status": status}).one()
    until: datetime = held.until
    if at < until <= at + SENSIBLE:
        return until
    until = at + retry.relay_pause(held.times + 1)
    db.session.execute(
        update(RelayPause)
        .where(RelayPause.relay == relay)
        .values(until=until, times=held.times + 1, status=status)
    )
    return until


def running(at: datetime) -> Mapping[str, Pause]:
    """The relays that are left alone at that instant."""
    found = select(
        RelayPause.relay, RelayPause.since, RelayPause.until, RelayPause.times, RelayPause.status
    )
    is_running = (RelayPause.until > at) & (RelayPause.until <= at + SENSIBLE)
    rows = db.session.execute(found.where(is_running))
    return {row.relay: Pause(row.since, row.until, row.times, row.status) for row in rows}


def end(relay: str) -> None:
    """The relay has answered."""
    db.session.execute(delete(RelayPause).where(RelayPause.relay == relay))


def purge(at: datetime) -> None:
    """Forget pauses of relays that nobody has asked for a day since, as of one that is gone."""
    db.session.execute(delete(RelayPause).where(RelayPause.until < at - UNASKED))
