import pytest

from mailer.errors import Conflict
from mailer.subscriptions.states import TRANSITIONS, Event, State, after

PAIRS = [(state, event) for state in State for event in Event]


@pytest.mark.parametrize(("state", "event"), PAIRS)
def test_every_pair_has_a_following_state_or_is_refused(state, event):
    if (state, event) in TRANSITIONS:
        assert after(state, event) in State
    else:
        with pytest.raises(Conflict):
            after(state, event)


def test_nobody_becomes_active_without_confirming_or_coming_back():
    ways = {
        event
        for (state, event), following in TRANSITIONS.items()
        if following is State.ACTIVE and state is not State.ACTIVE
    }
    assert ways == {Event.CONFIRM, Event.RESUME}


def test_whoever_left_must_ask_before_confirming():
    with pytest.raises(Conflict):
        after(State.ENDED, Event.CONFIRM)
