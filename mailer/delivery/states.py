"""Where a campaign stands, where each person's mail stands, and what may happen to both."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from mailer.errors import Conflict

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)


class CampaignState(StrEnum):
    """`waiting` is for a relay that does not answer, `failed` for what a person must mend first.

    `paused` is what a person decided.
    """

    SCHEDULED = "scheduled"
    RUNNING = "running"
    WAITING = "waiting"
    PAUSED = "paused"
    FAILED = "failed"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class CampaignEvent(StrEnum):
    START = "start"
    WAIT = "wait"
    PAUSE = "pause"
    RESUME = "resume"
    FAIL = "fail"
    FINISH = "finish"
    CANCEL = "cancel"
    STOP = "stop"
    RETRY = "retry"
    TAKE_IN = "take-in"


CAMPAIGN = {
    (CampaignState.SCHEDULED, CampaignEvent.START): CampaignState.RUNNING,
    (CampaignState.SCHEDULED, CampaignEvent.FAIL): CampaignState.FAILED,
    (CampaignState.SCHEDULED, CampaignEvent.CANCEL): CampaignState.CANCELLED,
    (CampaignState.RUNNING, CampaignEvent.WAIT): CampaignState.WAITING,
    (CampaignState.RUNNING, CampaignEvent.PAUSE): CampaignState.PAUSED,
    (CampaignState.RUNNING, CampaignEvent.FAIL): CampaignState.FAILED,
    (CampaignState.RUNNING, CampaignEvent.FINISH): CampaignState.FINISHED,
    (CampaignState.RUNNING, CampaignEvent.STOP): CampaignState.CANCELLED,
    (CampaignState.WAITING, CampaignEvent.RESUME): CampaignState.RUNNING,
    (CampaignState.WAITING, CampaignEvent.PAUSE): CampaignState.PAUSED,
    (CampaignState.WAITING, CampaignEvent.FAIL): CampaignState.FAILED,
    (CampaignState.WAITING, CampaignEvent.STOP): CampaignState.CANCELLED,
    (CampaignState.PAUSED, CampaignEvent.RESUME): CampaignState.RUNNING,
    (CampaignState.PAUSED, CampaignEvent.STOP): CampaignState.CANCELLED,
    # Through the hold again, so that a second thought is as cheap as it was the first time.
    (CampaignState.FAILED, CampaignEvent.RETRY): CampaignState.SCHEDULED,
    # For those only whose mail was given up, or of whom nobody knows: redelivery.py queues them.
    (CampaignState.FINISHED, CampaignEvent.RETRY): CampaignState.SCHEDULED,
    (CampaignState.CANCELLED, CampaignEvent.RETRY): CampaignState.SCHEDULED,
    # A series has somebody else to write to: those are added who were not in it (enrolling.py).
    (CampaignState.FINISHED, CampaignEvent.TAKE_IN): CampaignState.RUNNING,
    (CampaignState.FAILED, CampaignEvent.STOP): CampaignState.CANCELLED,
}

# Its mails leave, or will by themselves once the relay answers.
UNDER_WAY = frozenset({CampaignState.RUNNING, CampaignState.WAITING})

# What is over, unless somebody asks for those who were left.
OVER = frozenset({CampaignState.FINISHED, CampaignState.CANCELLED})

# What may still change by itself, or by somebody else: its page keeps looking.
MOVING = frozenset(
    {
        CampaignState.SCHEDULED,
        CampaignState.RUNNING,
        CampaignState.WAITING,
        CampaignState.PAUSED,
    }
)


class DeliveryState(StrEnum):
    """`uncertain`: it left and no answer came. It is sent again only when somebody says so."""

    QUEUED = "queued"
    LEASED = "leased"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    WITHHELD = "withheld"


class DeliveryEvent(StrEnum):
    CLAIM = "claim"
    RELEASE = "release"
    ACCEPT = "accept"
    DEFER = "defer"
    REJECT = "reject"
    LOSE = "lose"
    WITHHOLD = "withhold"
    REPEAT = "repeat"
    REVIVE = "revive"
    BOUNCE = "bounce"


DELIVERY = {
    (DeliveryState.QUEUED, DeliveryEvent.CLAIM): DeliveryState.LEASED,
    (DeliveryState.QUEUED, DeliveryEvent.WITHHOLD): DeliveryState.WITHHELD,
    (DeliveryState.DEFERRED, DeliveryEvent.CLAIM): DeliveryState.LEASED,
    (DeliveryState.DEFERRED, DeliveryEvent.WITHHOLD): DeliveryState.WITHHELD,
    (DeliveryState.LEASED, DeliveryEvent.RELEASE): DeliveryState.QUEUED,
    (DeliveryState.LEASED, DeliveryEvent.ACCEPT): DeliveryState.SENT,
    (DeliveryState.LEASED, DeliveryEvent.DEFER): DeliveryState.DEFERRED,
    (DeliveryState.LEASED, DeliveryEvent.REJECT): DeliveryState.FAILED,
    (DeliveryState.LEASED, DeliveryEvent.LOSE): DeliveryState.UNCERTAIN,
    # A worker that was thought dead comes back and knows how it ended. What it would try again
    # stays uncertain: the campaign may be over by now.
    (DeliveryState.UNCERTAIN, DeliveryEvent.ACCEPT): DeliveryState.SENT,
    (DeliveryState.UNCERTAIN, DeliveryEvent.REJECT): DeliveryState.FAILED,
    # Its journal is found after its lease has ended, and says that it never left.
    (DeliveryState.UNCERTAIN, DeliveryEvent.RELEASE): DeliveryState.QUEUED,
    # A person, or a setting, would rather have it twice than not at all.
    (DeliveryState.UNCERTAIN, DeliveryEvent.REPEAT): DeliveryState.QUEUED,
    # It was taken, and came back.
    (DeliveryState.SENT, DeliveryEvent.BOUNCE): DeliveryState.FAILED,
    (DeliveryState.UNCERTAIN, DeliveryEvent.BOUNCE): DeliveryState.FAILED,
    # What was given up after days of deferrals is tried once more.
    (DeliveryState.FAILED, DeliveryEvent.REVIVE): DeliveryState.QUEUED,
}

# What still has to leave, at its hour.
TO_DO = frozenset({DeliveryState.QUEUED, DeliveryState.DEFERRED})


def after(moves: Mapping[tuple[State, Event], State], state: State, event: Event) -> State:
    """The state that the event leads to; raises Conflict when it may not happen now."""
    try:
        return moves[state, event]
    except KeyError:
        raise Conflict(f"{event} of what is {state}") from None


def sources(moves: Mapping[tuple[State, Event], State], event: Event) -> list[State]:
    """The states in which the event may happen, for the WHERE of a statement."""
    return [state for state, happening in moves if happening == event]


def target(moves: Mapping[tuple[State, Event], State], event: Event) -> State:
    """The one state that the event leads to, for the SET of a statement."""
    (state,) = {after for (_, happening), after in moves.items() if happening == event}
    return state
