from itertools import product

import pytest

from mailer.errors import Conflict
from mailer.rights.states import TRANSITIONS, Event, State, after

ALLOWED = {
    ("received", "answer"): "answered",
    ("received", "withdraw"): "withdrawn",
    ("received", "mark_duplicate"): "duplicate",
    ("received", "set_aside"): "not_a_request",
}


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_only_an_open_request_moves(state, event):
    expected = ALLOWED.get((state, event))
    if expected is None:
        with pytest.raises(Conflict):
            after(state, event)
    else:
        assert after(state, event) == expected


def test_the_table_of_the_program_holds_no_other_move():
    assert len(TRANSITIONS) == len(ALLOWED)
