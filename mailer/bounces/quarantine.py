"""What a mail is that came back and that no rule settles, and what may still happen to it."""

from collections.abc import Mapping
from enum import StrEnum

from mailer.errors import Conflict


class Sort(StrEnum):
    """An answer of a person, a program's mail that tells nothing, or what is not understood."""

    ANSWER = "answer"
    PROGRAM = "program"
    UNCLEAR = "unclear"


class State(StrEnum):
    """It waits for somebody to look, or became one of three things."""

    WAITING = "waiting"
    FORWARDED = "forwarded"
    SET_ASIDE = "set_aside"
    GIVEN_UP = "given_up"


class Event(StrEnum):
    FORWARD = "forward"
    SET_ASIDE = "set_aside"
    GIVE_UP = "give_up"


# What was put aside, by a rule or by mistake, can be taken back as long as it is kept.
TRANSITIONS: Mapping[tuple[State, Event], State] = {
    (State.WAITING, Event.FORWARD): State.FORWARDED,
    (State.WAITING, Event.SET_ASIDE): State.SET_ASIDE,
    (State.WAITING, Event.GIVE_UP): State.GIVEN_UP,
    (State.SET_ASIDE, Event.FORWARD): State.FORWARDED,
    (State.SET_ASIDE, Event.GIVE_UP): State.GIVEN_UP,
}


def after(state: State, event: Event) -> State:
    """The state that the event leads to; raises Conflict when somebody was faster."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise Conflict(f"{event} of a mail that is {state}") from None
