"""The CNIL's table of bases and rights, cell by cell."""

import pytest

from mailer import rulebook
from mailer.consent.bases import (
    OF_A_LIST,
    Aim,
    Answer,
    LawfulBasis,
    Right,
    all_rest_on_consent,
    opens,
)
from mailer.rights import kinds

YES, IF, AS, NO = Answer.OPEN, Answer.ON_CONDITIONS, Answer.AS_WITHDRAWAL, Answer.CLOSED

# Access, rectification, erasure, restriction, portability, objection.
TABLE = {
    LawfulBasis.CONSENT: (YES, YES, YES, YES, YES, AS),
    LawfulBasis.CONTRACT: (YES, YES, YES, YES, YES, NO),
    LawfulBasis.LEGITIMATE_INTEREST: (YES, YES, YES, YES, NO, YES),
    LawfulBasis.LEGAL_OBLIGATION: (YES, YES, IF, YES, NO, NO),
    LawfulBasis.PUBLIC_INTEREST: (YES, YES, NO, YES, NO, YES),
    LawfulBasis.VITAL_INTERESTS: (YES, YES, YES, YES, NO, NO),
}
CELLS = [
    (basis, right, answer)
    for basis, answers in TABLE.items()
    for right, answer in zip(Right, answers, strict=True)
]


def test_the_table_has_thirty_six_cells():
    assert len(CELLS) == 36


@pytest.mark.parametrize(("basis", "right", "answer"), CELLS)
def test_a_basis_opens_the_rights_that_the_table_says(basis, right, answer):
    assert opens(basis, right).answer is answer


@pytest.mark.parametrize(("basis", "right", "answer"), CELLS)
def test_the_reason_of_every_cell_can_be_cited(basis, right, answer):
    assert rulebook.load().cite(opens(basis, right).reason, "fr")


@pytest.mark.parametrize("basis", [LawfulBasis.SOFT_OPTIN, LawfulBasis.B2B_INTEREST])
@pytest.mark.parametrize("right", Right)
def test_the_exceptions_of_prospecting_open_what_an_interest_opens(basis, right):
    assert opens(basis, right) == opens(LawfulBasis.LEGITIMATE_INTEREST, right)


def test_only_a_closed_right_is_not_open():
    assert [answer for answer in Answer if not opens_with(answer)] == [Answer.CLOSED]


def opens_with(answer):
    return next(
        o for basis, right, a in CELLS if a is answer for o in [opens(basis, right)]
    ).is_open


def test_every_basis_is_cited_from_the_rulebook():
    assert all(rulebook.load().cite(basis.value, "en") for basis in LawfulBasis)


def test_the_rights_of_the_table_are_rights_that_may_be_asked_for():
    assert {right.value for right in Right} <= {right.value for right in kinds.Right}


def test_no_list_rests_on_saving_a_life():
    assert LawfulBasis.VITAL_INTERESTS not in OF_A_LIST


def test_one_list_on_another_basis_is_enough_not_to_speak_of_consent_alone():
    letter = Aim("La lettre", "informer", LawfulBasis.CONSENT)
    calls = Aim("Appels", "prévenir", LawfulBasis.PUBLIC_INTEREST)

    assert all_rest_on_consent([letter])
    assert not all_rest_on_consent([letter, calls])
