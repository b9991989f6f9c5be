from datetime import UTC, datetime, timedelta

import pytest

from mailer.clock import now
from mailer.delivery import outcomes
from mailer.delivery.batch import Answered, Claimed
from mailer.mail.outcome import Kind, Outcome, Stage

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)


def judge(outcome, attempts=0):
    person = Claimed(7, 8, "p1@exemple.fr", "fingerprint", attempts, now())
    return outcomes.judge([Answered(3, person, outcome)], [], AT)


def deferred(**more):
    return Outcome(Kind.DEFERRED, "4.2.1", "", Stage.RCPT, **more)


@pytest.mark.parametrize(
    ("outcome", "event"),
    [
        (Outcome(Kind.ACCEPTED, "2.0.0", "", Stage.FINAL), "accept"),
        (Outcome(Kind.REJECTED, "5.1.1", "", Stage.RCPT), "reject"),
        (Outcome(Kind.UNCERTAIN, "4.4.2", "", Stage.FINAL), "lose"),
        (Outcome(Kind.UNCERTAIN, "4.4.2", "", Stage.FINAL, relay_down=True), "lose"),
        (deferred(), "defer"),
        (deferred(relay_down=True), "release"),
        (Outcome(Kind.REJECTED, "5.7.26", "", Stage.FINAL), "release"),
        (Outcome(Kind.REJECTED, "5.7.8", "", Stage.AUTH, relay_down=True), "release"),
    ],
)
def test_each_answer_becomes_one_event_of_the_ledger(outcome, event):
    assert judge(outcome).results[0].event == event


def test_a_deferred_mail_is_tried_again_after_five_minutes():
    assert judge(deferred()).results[0].next_at == AT + timedelta(minutes=5)


def test_a_mail_that_is_always_deferred_is_given_up_in_the_end():
    assert judge(deferred(), attempts=500).results[0].event == "reject"


def test_a_dead_address_is_named_for_suppression():
    verdict = judge(Outcome(Kind.REJECTED, "5.1.1", "", Stage.RCPT))
    assert [person.fingerprint for person in verdict.dead] == ["fingerprint"]


def test_a_refusal_of_ours_halts_and_names_nobody():
    refusal = Outcome(Kind.REJECTED, "5.7.26", "", Stage.FINAL)
    verdict = judge(refusal)
    assert (verdict.faults, verdict.dead) == ({3: refusal}, [])


def test_a_place_under_the_limits_is_given_back_only_for_what_never_left():
    lost = Outcome(Kind.UNCERTAIN, "4.4.2", "", Stage.FINAL, relay_down=True)
    assert len(judge(deferred(relay_down=True)).unsent) == 1
    assert judge(lost).unsent == []
