from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer import rulebook
from mailer.clock import PARIS
from mailer.consent.evidence import Kind
from mailer.consent.tracking import (
    Answer,
    Answers,
    Measured,
    Mode,
    What,
    answer_of,
    at_most,
    decide,
    may_ask,
    measured,
    strictest,
)

N, A, D, P = Mode
UNKNOWN, GRANTED, REFUSED = Answer
MONTHS = rulebook.load().figures.tracking_reask_months.value
REFUSED_ON = datetime(2026, 8, 31, 10, tzinfo=PARIS)

# law.md 3: by mode, what is measured of opens and of clicks for unknown, granted and refused.
TABLE = {
    N: {UNKNOWN: (N, N), GRANTED: (N, N), REFUSED: (N, N)},
    A: {UNKNOWN: (A, A), GRANTED: (A, A), REFUSED: (N, N)},
    D: {UNKNOWN: (D, N), GRANTED: (D, N), REFUSED: (N, N)},
    P: {UNKNOWN: (N, N), GRANTED: (P, P), REFUSED: (N, N)},
}


@pytest.mark.parametrize(("mode", "answer"), [*product(Mode, Answer)])
def test_a_mode_and_an_answer_come_to_what_the_table_says(mode, answer):
    assert measured([mode], Answers(answer, answer)) == Measured(*TABLE[mode][answer])


@given(st.lists(st.sampled_from(Mode), min_size=1), st.sampled_from(Answer), st.sampled_from(What))
def test_no_decision_measures_more_than_any_of_the_modes(modes, answer, what):
    assert decide(modes, answer, what) in at_most(strictest(*modes))


@pytest.mark.parametrize(("mode", "what"), [*product(Mode, What)])
def test_nothing_is_measured_without_a_yes_in_mails_that_were_not_asked_for(mode, what):
    assert decide([mode], UNKNOWN, what, asked_for=False) is N


def test_without_any_mode_nothing_is_measured():
    assert decide([], GRANTED) is N


def test_opens_and_clicks_are_answered_apart():
    assert measured([P], Answers(opens=GRANTED, clicks=UNKNOWN)) == Measured(P, N)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (None, UNKNOWN),
        (Kind.TRACKING_GRANTED, GRANTED),
        (Kind.TRACKING_REFUSED, REFUSED),
        (Kind.TRACKING_WITHDRAWN, REFUSED),
        (Kind.ERASED, UNKNOWN),
    ],
)
def test_an_event_comes_to_an_answer(kind, answer):
    assert answer_of(kind) is answer


def test_who_never_refused_may_be_asked():
    assert may_ask(None, REFUSED_ON, MONTHS)


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (datetime(2026, 8, 31, 11, tzinfo=PARIS), False),
        (datetime(2027, 2, 27, 23, 59, tzinfo=PARIS), False),
        (datetime(2027, 2, 28, 0, 0, tzinfo=PARIS), True),
    ],
)
def test_who_refused_is_not_asked_again_before_the_months_of_the_rulebook(day, asked):
    """31 August and six months: February's last day."""
    assert may_ask(REFUSED_ON, day, MONTHS) is asked


@given(st.timedeltas(timedelta(0), timedelta(days=180)))
def test_a_refusal_holds_for_half_a_year_at_least(later):
    assert not may_ask(REFUSED_ON, REFUSED_ON + later, MONTHS)
