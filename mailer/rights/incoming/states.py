"""Where a mail stands that came to a watched mailbox, and what may still happen to it."""

from collections.abc import Mapping
from enum import StrEnum

from mailer.errors import Conflict


class State(StrEnum):
    """A draft waits; one that answers an open case is attached to it, and asks for nothing."""

    WAITING = "waiting"
    ATTACHED = "attached"
    ACCEPTED = "accepted"
    SET_ASIDE = "set_aside"


class Event(StrEnum):
    ACCEPT = "accept"
    SET_ASIDE = "set_aside"


# What was put aside, by a rule or by mistake, can be taken back as long as it is kept.
TRANSITIONS: Mapping[tuple[State, Event], State] = {
    (State.WAITING, Event.ACCEPT): State.ACCEPTED,
    (State.WAITING, Event.SET_ASIDE): State.SET_ASIDE,
    (State.SET_ASIDE, Event.ACCEPT): State.ACCEPTED,
    (State.ATTACHED, Event.ACCEPT): State.ACCEPTED,
}


def after(state: State, event: Event) -> State:
    """The state that the event leads to; raises Conflict when somebody was faster."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise Conflict(f"{event} of a mail that is {state}") from None
