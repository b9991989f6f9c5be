"""Who a letter is for, when it waits, and where a period may go from where it stands."""

from dataclasses import replace
from itertools import product

import pytest

from mailer.errors import Conflict
from mailer.newsletters.digest_states import (
    RUN,
    RunEvent,
    RunState,
    Standing,
    Then,
    Why,
    after,
    reason_to_wait,
    served,
)
from mailer.subscriptions.pausing import Frequency

EACH, WEEKLY, MONTHLY = Frequency
FREE = Standing(Then.SEND, is_as_confirmed=True, is_open=True, is_for_many=False)

MOVES = {
    ("claimed", "find-nothing"): "empty",
    ("claimed", "compose"): "composed",
    ("composed", "leave"): "drafted",
    ("composed", "approve"): "approved",
    ("composed", "freeze"): "sent",
    ("drafted", "freeze"): "sent",
    ("approved", "leave"): "drafted",
    ("approved", "schedule"): "scheduled",
    ("approved", "freeze"): "sent",
    ("scheduled", "freeze"): "sent",
    ("scheduled", "cancel"): "cancelled",
    ("cancelled", "freeze"): "sent",
}


@pytest.mark.parametrize(
    ("modes", "readers"),
    [
        ({EACH}, {EACH: (EACH, WEEKLY, MONTHLY)}),
        ({WEEKLY}, {WEEKLY: (EACH, WEEKLY, MONTHLY)}),
        ({EACH, MONTHLY}, {EACH: (EACH,), MONTHLY: (WEEKLY, MONTHLY)}),
        ({EACH, WEEKLY}, {EACH: (EACH,), WEEKLY: (WEEKLY, MONTHLY)}),
        ({WEEKLY, MONTHLY}, {WEEKLY: (EACH, WEEKLY), MONTHLY: (MONTHLY,)}),
        ({EACH, WEEKLY, MONTHLY}, {EACH: (EACH,), WEEKLY: (WEEKLY,), MONTHLY: (MONTHLY,)}),
    ],
    ids=lambda given: "-".join(sorted(given)),
)
def test_every_frequency_has_exactly_one_letter(modes, readers):
    assert {mode: served(mode, frozenset(modes)) for mode in modes} == readers


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        (FREE, None),
        (replace(FREE, then=Then.DRAFT), Why.CHOSEN),
        (replace(FREE, is_as_confirmed=False), Why.CHANGED),
        (replace(FREE, is_open=False), Why.CLOSED),
        (replace(FREE, is_for_many=True), Why.MANY),
    ],
    ids=str,
)
def test_a_letter_leaves_unless_something_asks_for_a_person(standing, why):
    assert reason_to_wait(standing) is why


@pytest.mark.parametrize(("state", "event"), [*product(RunState, RunEvent)], ids=str)
def test_a_period_moves_so_and_no_other_way(state, event):
    if expected := MOVES.get((state.value, event.value)):
        assert after(state, event).value == expected
    else:
        with pytest.raises(Conflict):
            after(state, event)


def test_nothing_moves_a_period_that_is_over():
    assert {state for state, _ in RUN}.isdisjoint({RunState.EMPTY, RunState.SENT})
