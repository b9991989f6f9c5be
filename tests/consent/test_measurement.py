from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from mailer.clock import now
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.measurement import answer_tracking, answers_of, may_be_asked, withdraw
from mailer.consent.models import ConsentEvent
from mailer.consent.tracking import Answer, Answers, What
from mailer.db import db, transaction

SOMEBODY = "the fingerprint of somebody"
REFUSED_ON = datetime(2026, 5, 12, 9, tzinfo=UTC)
HALF_A_YEAR_LATER = datetime(2026, 11, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def answer(app):
    """`answer(What.OPENS, Answer.GRANTED)`: on the page of preferences, now."""

    def given(what, said):
        with transaction():
            answer_tracking(SOMEBODY, what, said, Evidence(Method.PREFERENCE_PAGE, now()))

    return given


def kinds():
    found = select(ConsentEvent.purpose, ConsentEvent.kind).order_by(ConsentEvent.id)
    return [(purpose, kind) for purpose, kind in db.session.execute(found)]


def test_who_was_never_asked_answered_nothing(app):
    assert answers_of(SOMEBODY) == Answers()


def test_an_answer_concerns_what_it_was_about(answer):
    answer(What.CLICKS, Answer.GRANTED)
    assert answers_of(SOMEBODY) == Answers(Answer.UNKNOWN, Answer.GRANTED)


def test_a_yes_taken_back_is_a_withdrawal(answer):
    answer(What.OPENS, Answer.GRANTED)
    answer(What.OPENS, Answer.REFUSED)
    assert kinds()[-1] == ("track:opens", Kind.TRACKING_WITHDRAWN)


def test_a_no_from_the_start_is_a_refusal(answer):
    answer(What.OPENS, Answer.REFUSED)
    assert kinds() == [("track:opens", Kind.TRACKING_REFUSED)]


def test_the_same_answer_twice_is_noted_once(answer):
    answer(What.OPENS, Answer.REFUSED)
    answer(What.OPENS, Answer.REFUSED)
    assert len(kinds()) == 1


def test_withdrawing_refuses_both(answer):
    answer(What.OPENS, Answer.GRANTED)
    with transaction():
        withdraw(SOMEBODY, Evidence(Method.PREFERENCE_PAGE, now()))
    assert answers_of(SOMEBODY) == Answers(Answer.REFUSED, Answer.REFUSED)


def test_who_refused_is_asked_again_after_the_months_of_the_rulebook_only(answer):
    with time_machine.travel(REFUSED_ON, tick=False):
        answer(What.OPENS, Answer.REFUSED)
    asked = [
        may_be_asked(SOMEBODY, What.OPENS, at)
        for at in (REFUSED_ON, HALF_A_YEAR_LATER - timedelta(hours=2), HALF_A_YEAR_LATER)
    ]
    assert asked == [False, False, True]


def test_who_said_yes_is_not_asked_again(answer):
    answer(What.OPENS, Answer.GRANTED)
    assert not may_be_asked(SOMEBODY, What.OPENS, now())
