"""Where a request stands, and what may happen to it from there."""

from enum import StrEnum

from mailer.errors import Conflict
from mailer.rights.kinds import AT_ONCE, NEEDS_MAILBOX, Right


class State(StrEnum):
    """`answered`, `withdrawn`, `duplicate` and `not_a_request` are final."""

    RECEIVED = "received"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    NOT_A_REQUEST = "not_a_request"


class Event(StrEnum):
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    MARK_DUPLICATE = "mark_duplicate"
    SET_ASIDE = "set_aside"


# Silence is never a refusal: nothing here moves a case whose date has passed.
TRANSITIONS = {
    (State.RECEIVED, Event.ANSWER): State.ANSWERED,
    (State.RECEIVED, Event.WITHDRAW): State.WITHDRAWN,
    (State.RECEIVED, Event.MARK_DUPLICATE): State.DUPLICATE,
    (State.RECEIVED, Event.SET_ASIDE): State.NOT_A_REQUEST,
}

OPEN = frozenset({State.RECEIVED})


class Outcome(StrEnum):
    """What became of one right of a request."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    NO_DATA = "no_data"


# They owe reasons, the complaint and the court (GDPR art. 12(4)).
REFUSALS = frozenset({Outcome.PARTLY, Outcome.REFUSED})
# They give or change what only the person may have or change.
GIVING = frozenset({Outcome.GRANTED, Outcome.PARTLY})


def possible_outcomes(right: Right, *, is_confirmed: bool) -> frozenset[Outcome]:
    """What may be decided: no objection is refused, nothing is given to an unproven mailbox."""
    if right in AT_ONCE:
        return frozenset({Outcome.GRANTED})
    every = frozenset(Outcome)
    return every if is_confirmed or right not in NEEDS_MAILBOX else every - GIVING


def after(state: State, event: Event) -> State:
    """The state that the event leads to; raises Conflict when it may not happen now."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise Conflict(f"{event} of a request that is {state}") from None
