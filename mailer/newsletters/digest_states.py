"""Where one period of an automatic letter stands, who it is for, and how it ends: rules."""

from dataclasses import dataclass
from enum import StrEnum

from mailer.errors import Conflict
from mailer.subscriptions.pausing import Frequency


class Then(StrEnum):
    """What becomes of a letter that has composed itself."""

    SEND = "send"
    DRAFT = "draft"


class RunState(StrEnum):
    """`empty`: nothing was new, so nothing was sent. `drafted`: it waits for a person."""

    CLAIMED = "claimed"
    EMPTY = "empty"
    COMPOSED = "composed"
    DRAFTED = "drafted"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    SENT = "sent"
    CANCELLED = "cancelled"


class RunEvent(StrEnum):
    FIND_NOTHING = "find-nothing"
    COMPOSE = "compose"
    LEAVE = "leave"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    FREEZE = "freeze"
    CANCEL = "cancel"


RUN = {
    (RunState.CLAIMED, RunEvent.FIND_NOTHING): RunState.EMPTY,
    (RunState.CLAIMED, RunEvent.COMPOSE): RunState.COMPOSED,
    (RunState.COMPOSED, RunEvent.LEAVE): RunState.DRAFTED,
    (RunState.COMPOSED, RunEvent.APPROVE): RunState.APPROVED,
    (RunState.APPROVED, RunEvent.LEAVE): RunState.DRAFTED,
    (RunState.APPROVED, RunEvent.SCHEDULE): RunState.SCHEDULED,
    (RunState.SCHEDULED, RunEvent.FREEZE): RunState.SENT,
    (RunState.SCHEDULED, RunEvent.CANCEL): RunState.CANCELLED,
    # By hand: a letter that somebody took up, or that was sent after all.
    (RunState.COMPOSED, RunEvent.FREEZE): RunState.SENT,
    (RunState.DRAFTED, RunEvent.FREEZE): RunState.SENT,
    (RunState.APPROVED, RunEvent.FREEZE): RunState.SENT,
    (RunState.CANCELLED, RunEvent.FREEZE): RunState.SENT,
}

# Letters that are about to leave: their articles are no longer new.
ON_ITS_WAY = frozenset({RunState.COMPOSED, RunState.APPROVED, RunState.SCHEDULED})


def after(state: RunState, event: RunEvent) -> RunState:
    """The state that the event leads to; raises Conflict when it may not happen now."""
    try:
        return RUN[state, event]
    except KeyError:
        raise Conflict(f"{event} of a period that is {state}") from None


class Why(StrEnum):
    """Why a letter waits for a person instead of leaving."""

    CHOSEN = "chosen"
    CHANGED = "changed"
    CLOSED = "closed"
    BLOCKED = "blocked"
    MANY = "many"
    TAKEN_BACK = "taken_back"
    ELECTION = "election"


@dataclass(frozen=True)
class Standing:
    """What is known of an automatic letter when one of its periods has composed itself."""

    then: Then
    # Whether it is as it was when a person had it leave by itself, and that person still sends.
    is_as_confirmed: bool
    is_open: bool
    # Whether more people get it than one person may approve.
    is_for_many: bool


def reason_to_wait(standing: Standing) -> Why | None:
    """Why the letter is left as a draft; None when it leaves."""
    if standing.then is Then.DRAFT:
        return Why.CHOSEN
    if not standing.is_as_confirmed:
        return Why.CHANGED
    if not standing.is_open:
        return Why.CLOSED
    return Why.MANY if standing.is_for_many else None


RARER = (Frequency.EACH, Frequency.WEEKLY, Frequency.MONTHLY)


def served(mode: Frequency, modes: frozenset[Frequency]) -> tuple[Frequency, ...]:
    """Those whose letter is the one of that mode: their own, else the next rarer, else the nearest.

    So each person has exactly one, however few modes there are.
    """
    return tuple(each for each in RARER if _letter_of(each, modes) is mode)


def _letter_of(frequency: Frequency, modes: frozenset[Frequency]) -> Frequency:
    at = RARER.index(frequency)
    order = (*RARER[at:], *reversed(RARER[:at]))
    return next(each for each in order if each in modes)


@dataclass(frozen=True)
class Readership:
    """Whom a letter is for: these frequencies; `own` is the one that it keeps the rhythm of."""

    own: Frequency
    frequencies: tuple[Frequency, ...]
