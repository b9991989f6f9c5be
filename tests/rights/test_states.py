from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from mailer.rights.identity import Level
from mailer.rights.states import (
    FINAL,
    GUARDS,
    TRANSITIONS,
    Event,
    Facts,
    Refusal,
    Refused,
    State,
    after,
    refusal,
)

OPEN = ("received", "identity_pending", "in_progress", "ready")
CLOSED = ("answered", "withdrawn", "unidentified", "duplicate", "not_a_request", "transferred")
ENDINGS = {
    "withdraw": "withdrawn",
    "mark_duplicate": "duplicate",
    "set_aside": "not_a_request",
    "transfer": "transferred",
}
# The whole table, written once more by hand: T1 (a new case) apart, T2 to T13.
ALLOWED = {
    ("received", "ask_identity"): "identity_pending",
    ("in_progress", "ask_identity"): "identity_pending",
    ("identity_pending", "confirm_identity"): "in_progress",
    ("identity_pending", "fail_identity"): "unidentified",
    ("received", "assign"): "in_progress",
    ("identity_pending", "assign"): "identity_pending",
    ("in_progress", "assign"): "in_progress",
    ("ready", "assign"): "ready",
    ("in_progress", "unassign"): "received",
    ("identity_pending", "unassign"): "identity_pending",
    ("ready", "unassign"): "ready",
    ("in_progress", "decide"): "ready",
    ("ready", "answer"): "answered",
    ("ready", "return"): "in_progress",
    **{(state, "extend"): state for state in OPEN},
    **{(state, event): end for state in OPEN for event, end in ENDINGS.items()},
    **{(s, e): s for s in (*OPEN, *CLOSED, "archived") for e in ("complain", "hold", "release")},
    **{(state, "follow_up"): state for state in CLOSED},
    **{(state, "archive"): "archived" for state in CLOSED},
}

# Everything that any guard wants.
FAIR = Facts(
    today=date(2026, 12, 22),
    base_due=date(2026, 12, 22),
    text="Parce que.",
    actor="account:1",
    needed=Level.MAILBOX,
)


def fair(event):
    """Facts that no guard of that event refuses."""
    if event == Event.ASK_IDENTITY:
        return replace(FAIR, wanted=Level.FACTS)
    if event == Event.FAIL_IDENTITY:
        return replace(FAIR, asked_on=date(2026, 11, 22), reminded_on=date(2026, 12, 2))
    return FAIR


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_a_case_moves_as_the_table_says_and_in_no_other_way(state, event):
    expected = ALLOWED.get((state, event))
    if expected is None:
        with pytest.raises(Refused) as refused:
            after(state, event, fair(event))
        assert refused.value.why == (Refusal.IS_CLOSED if state in FINAL else Refusal.NOT_NOW)
    else:
        assert after(state, event, fair(event)) == expected


def test_the_table_of_the_program_holds_no_other_move():
    assert {(str(s), str(e)): str(to) for (s, e), to in TRANSITIONS.items()} == ALLOWED


UNFAIR = [
    (Event.ASSIGN, {"is_officer": False}, Refusal.NOT_OFFICER),
    (Event.ASK_IDENTITY, {"text": ""}, Refusal.NO_DOUBT),
    (Event.ASK_IDENTITY, {"needed": Level.NONE}, Refusal.NO_IDENTITY_NEEDED),
    (Event.ASK_IDENTITY, {"proven": Level.FACTS}, Refusal.ALREADY_PROVEN),
    (Event.ASK_IDENTITY, {"is_officer": False}, Refusal.NOT_OFFICER),
    (Event.CONFIRM_IDENTITY, {"actor": ""}, Refusal.NO_VERIFIER),
    (Event.CONFIRM_IDENTITY, {"wanted": Level.DOCUMENT}, Refusal.NOT_PROVEN),
    (Event.FAIL_IDENTITY, {"reminded_on": None}, Refusal.NOT_REMINDED),
    (Event.FAIL_IDENTITY, {"identity_close_days": 31}, Refusal.STILL_TIME),
    (Event.EXTEND, {"text": ""}, Refusal.NO_GROUND),
    (Event.EXTEND, {"is_extended": True}, Refusal.EXTENDED_ONCE),
    (Event.EXTEND, {"today": date(2026, 12, 23)}, Refusal.TOO_LATE),
    (Event.DECIDE, {"undecided": True}, Refusal.UNDECIDED),
    (Event.DECIDE, {"unreasoned": True}, Refusal.UNREASONED),
    (Event.DECIDE, {"unidentified": True}, Refusal.NOT_IDENTIFIED),
    (Event.DECIDE, {"closed_by_basis": True}, Refusal.CLOSED_BY_BASIS),
    (Event.DECIDE, {"tasks_open": True}, Refusal.TASKS_OPEN),
    (Event.DECIDE, {"uncorrected": True}, Refusal.UNCORRECTED),
    (Event.DECIDE, {"unaddressed": True}, Refusal.NO_ADDRESS),
    (Event.MARK_DUPLICATE, {"unproven_repeat": True}, Refusal.UNPROVEN_REPEAT),
    (Event.RETURN, {"text": ""}, Refusal.NO_REASON),
    (Event.ANSWER, {"is_officer": False}, Refusal.NOT_OFFICER),
    (Event.ANSWER, {"actor": "account:1", "decided_by": "account:1"}, Refusal.SAME_PERSON),
    (Event.WITHDRAW, {"text": ""}, Refusal.NO_REASON),
    (Event.MARK_DUPLICATE, {"text": ""}, Refusal.NO_REASON),
    (Event.MARK_DUPLICATE, {"same_mailbox": False}, Refusal.OTHER_MAILBOX),
    (Event.MARK_DUPLICATE, {"same_requester": False}, Refusal.OTHER_REQUESTER),
    (Event.MARK_DUPLICATE, {"other_is_over": True}, Refusal.OTHER_IS_OVER),
    (Event.MARK_DUPLICATE, {"is_older": True}, Refusal.IS_OLDER),
    (Event.SET_ASIDE, {"text": ""}, Refusal.NO_REASON),
    (Event.TRANSFER, {"text": ""}, Refusal.NO_REASON),
    (Event.COMPLAIN, {"text": ""}, Refusal.NO_NUMBER),
    (Event.HOLD, {"text": ""}, Refusal.NO_REASON),
    (Event.RELEASE, {"text": ""}, Refusal.NO_REASON),
    (Event.ARCHIVE, {"on_hold": True}, Refusal.ON_HOLD),
]


@pytest.mark.parametrize(("event", "circumstance", "why"), UNFAIR)
def test_what_a_guard_refuses_is_refused_with_its_reason_wherever_it_is_possible(
    event, circumstance, why
):
    facts = replace(fair(event), **circumstance)
    possible = [state for state in State if (state, event) in TRANSITIONS]
    assert {refusal(state, event, facts) for state in possible} == {why}


def test_each_check_of_each_guard_is_tried_above():
    tried = [(event, why) for event, _, why in UNFAIR]
    assert sorted(tried) == sorted((event, why) for event in Event for why, _ in GUARDS[event])


def test_an_extension_is_possible_on_the_last_day_and_not_one_day_later():
    last = replace(FAIR, today=FAIR.base_due)
    late = replace(FAIR, today=date(2026, 12, 23))
    assert refusal(State.IN_PROGRESS, Event.EXTEND, last) is None
    assert refusal(State.IN_PROGRESS, Event.EXTEND, late) == Refusal.TOO_LATE
