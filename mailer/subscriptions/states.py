"""How a subscription moves, and where a confirmation link stands."""

from enum import StrEnum

from mailer.errors import Conflict


class State(StrEnum):
    """Only an active subscription receives anything."""

    # From a file, without proof of consent: may be asked once, and nothing else.
    UNPROVEN = "unproven"
    PENDING = "pending"
    ACTIVE = "active"
    ENDED = "ended"


class Event(StrEnum):
    """What a person does to a subscription."""

    REQUEST = "request"
    CONFIRM = "confirm"
    END = "end"
    RESUME = "resume"


TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.UNPROVEN, Event.REQUEST): State.PENDING,
    (State.UNPROVEN, Event.END): State.ENDED,
    (State.PENDING, Event.REQUEST): State.PENDING,
    (State.PENDING, Event.CONFIRM): State.ACTIVE,
    (State.PENDING, Event.END): State.ENDED,
    (State.ACTIVE, Event.REQUEST): State.ACTIVE,
    # Confirming anew is how somebody whose mailbox bounced comes back.
    (State.ACTIVE, Event.CONFIRM): State.ACTIVE,
    (State.ACTIVE, Event.END): State.ENDED,
    (State.ENDED, Event.REQUEST): State.PENDING,
    (State.ENDED, Event.END): State.ENDED,
    (State.ENDED, Event.RESUME): State.ACTIVE,
}


def after(state: State, event: Event) -> State:
    """The state after the event; raises Conflict when the event cannot happen there."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise Conflict(f"{event} on {state}") from None


class Standing(StrEnum):
    """What a confirmation link is good for now."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    # What it would confirm appears no more.
    CLOSED = "closed"
