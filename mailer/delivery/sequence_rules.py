"""Series of letters to whoever has just confirmed: what may happen to one, and who is due when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Whoever comes back sooner still has the letter of the first time in the mailbox.
AGAIN = timedelta(days=30)
# What was held up for longer is no news any more, and is passed over.
LATEST = timedelta(days=60)
# Whoever is due several letters at once, after a pause perhaps, gets them one by one.
APART = timedelta(hours=20)

FURTHEST_DAYS = 365


class SequenceState(StrEnum):
    """A draft and a stopped series begin anew; one that is paused goes on."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class SequenceEvent(StrEnum):
    START = "start"
    PAUSE = "pause"
    STOP = "stop"


SEQUENCE = {
    (SequenceState.DRAFT, SequenceEvent.START): SequenceState.RUNNING,
    # Looked at once more: a letter was approved again, or an election is near.
    (SequenceState.RUNNING, SequenceEvent.START): SequenceState.RUNNING,
    (SequenceState.PAUSED, SequenceEvent.START): SequenceState.RUNNING,
    (SequenceState.STOPPED, SequenceEvent.START): SequenceState.RUNNING,
    (SequenceState.RUNNING, SequenceEvent.PAUSE): SequenceState.PAUSED,
    (SequenceState.RUNNING, SequenceEvent.STOP): SequenceState.STOPPED,
    (SequenceState.PAUSED, SequenceEvent.STOP): SequenceState.STOPPED,
}

# From here on it counts anew who confirms.
BEGINNING = frozenset({SequenceState.DRAFT, SequenceState.STOPPED})


@dataclass(frozen=True)
class Due:
    """Who is due a letter: confirmed between those, without it since then, nor another so lately.

    Whoever had it for the confirmation that counts has had it, whenever that was.
    """

    confirmed_since: datetime
    confirmed_until: datetime
    had_since: datetime
    another_since: datetime


def due(days: int, started_at: datetime, planned_at: datetime, at: datetime) -> Due | None:
    """Who is due now the letter of so many days after; None when nobody can be.

    Not those who confirmed before the series was started, nor those whose day had passed when the
    letter was planned for it.
    """
    delay = timedelta(days=days)
    since = max(started_at, planned_at - delay, at - delay - LATEST)
    until = at - delay
    if since > until:
        return None
    return Due(since, until, until - AGAIN, at - APART)


def is_current(opened_at: datetime, started_at: datetime, at: datetime) -> bool:
    """Whether a campaign that was opened then still takes people in.

    After that another one does: nobody who may have the letter again stands in the first.
    """
    return opened_at >= started_at and opened_at > at - AGAIN
