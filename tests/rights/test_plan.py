import pytest

from mailer.rights import plan
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.states import Outcome


@pytest.mark.parametrize("right", list(Right))
def test_each_granted_right_has_its_letter(right):
    assert plan.letters({right: Outcome.GRANTED}, is_known=True) == (plan.GRANTED[right],)


def test_a_copy_comes_before_what_erases_it_whatever_was_asked_first():
    decided = {Right.ERASURE: Outcome.GRANTED, Right.ACCESS: Outcome.GRANTED}
    assert plan.letters(decided, is_known=True) == (Kind.A4, Kind.A7)


def test_one_refused_right_adds_the_refusal_at_the_end():
    decided = {Right.ERASURE: Outcome.REFUSED, Right.ACCESS: Outcome.GRANTED}
    assert plan.letters(decided, is_known=True) == (Kind.A4, Kind.A8)


def test_what_is_granted_in_part_has_both_letters():
    assert plan.letters({Right.ERASURE: Outcome.PARTLY}, is_known=True) == (Kind.A7, Kind.A8)


def test_an_objection_and_a_withdrawal_are_told_once():
    decided = {Right.OBJECTION: Outcome.GRANTED, Right.WITHDRAWAL: Outcome.GRANTED}
    assert plan.letters(decided, is_known=False) == (Kind.A6,)


@pytest.mark.parametrize(
    "right", [Right.ACCESS, Right.PORTABILITY, Right.RECTIFICATION, Right.ERASURE]
)
def test_somebody_of_whom_nothing_is_held_is_told_so(right):
    assert plan.letters({right: Outcome.GRANTED}, is_known=False) == (Kind.A4_NOTHING,)


def test_no_data_is_said_once_for_all_rights():
    decided = {Right.ERASURE: Outcome.NO_DATA, Right.ACCESS: Outcome.NO_DATA}
    assert plan.letters(decided, is_known=True) == (Kind.A4_NOTHING,)


def test_what_does_not_apply_is_answered_in_the_officers_words():
    assert plan.letters({Right.UNCLEAR: Outcome.NOT_APPLICABLE}, is_known=True) == (Kind.ANSWER,)
