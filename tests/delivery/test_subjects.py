"""A campaign that tries several subjects: each person gets the letter once, under one of them."""

from datetime import timedelta

import pytest
import time_machine
from delivery.ledger_world import ANSWERS
from delivery.pressing import press, words, work_after
from delivery.subject_world import (
    OTHER,
    OWN,
    PEOPLE,
    WAIT,
    by_subject,
    have_leave,
    plan_of,
    recipients,
    state_of,
    work,
    work_until,
)
from sqlalchemy import select, update

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Method
from mailer.consent.models import Reason
from mailer.db import db, transaction
from mailer.delivery import jobs, pace
from mailer.delivery.models import Delivery
from mailer.delivery.subject_tests import Verdict
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Subscriber, Subscription


def test_the_trial_gets_each_subject_as_often_and_the_rest_waits(tried, relay):
    number = tried()
    work_after(pace.HOLD)
    assert by_subject(relay.taken) == {OWN: PEOPLE // 4, OTHER: PEOPLE // 4}
    assert state_of(number) == "running"


def test_the_best_subject_goes_to_the_rest_and_nobody_gets_two(tried, relay):
    number = tried()
    with time_machine.travel(now() + pace.HOLD, tick=True):
        work()
        have_leave(number, 1, 20)
    with time_machine.travel(now() + pace.HOLD + WAIT, tick=True):
        work()
    assert by_subject(relay.taken) == {OWN: 60, OTHER: 180}
    assert set(recipients(relay.taken).values()) == {1}
    assert plan_of(number).verdict is Verdict.DECIDED
    assert state_of(number) == "finished"


def test_too_few_departures_leave_the_first_subject(tried, relay):
    number = tried()
    work_until(pace.HOLD + WAIT)
    assert by_subject(relay.taken) == {OWN: 180, OTHER: 60}
    assert plan_of(number).verdict is Verdict.TOO_FEW


def test_a_complaint_counts_once_and_decides(tried, relay):
    number = tried()
    with time_machine.travel(now() + pace.HOLD, tick=True):
        work()
        have_leave(number, 1, 20)
        with transaction():
            found = select(Delivery.id).where(Delivery.campaign_id == number, Delivery.variant == 1)
            for delivery in db.session.scalars(found.order_by(Delivery.id).limit(20)).all():
                consent.suppress(f"d{delivery}", Reason.COMPLAINT, now(), f"delivery:{delivery}")
    with time_machine.travel(now() + pace.HOLD + WAIT, tick=True):
        work()
    assert plan_of(number).winner == 2


def test_nothing_is_decided_before_the_wait_is_over(tried, relay):
    number = tried()
    work_until(pace.HOLD + timedelta(hours=3))
    assert len(relay.taken) == PEOPLE // 2
    assert plan_of(number).winner is None


def test_a_choice_by_hand_waits_for_the_hand(tried, relay, desk):
    number = tried(choosing="hand")
    work_until(timedelta(days=3))
    assert len(relay.taken) == PEOPLE // 2
    page = f"/bureau/envois/{number}"
    assert "attendent que vous choisissiez" in words(desk.get(page))
    assert desk.submit(f"{page}/objet", position=2).status_code == 303
    jobs.send_batches()
    assert by_subject(relay.taken) == {OWN: 60, OTHER: 180}
    assert "a été choisi par" in words(desk.get(page))


def test_somebody_may_choose_before_the_numbers_do(tried, relay, desk):
    number = tried()
    work_after(pace.HOLD)
    desk.submit(f"/bureau/envois/{number}/objet", position=2)
    with time_machine.travel(now() + pace.HOLD + WAIT, tick=True):
        work()
    assert by_subject(relay.taken) == {OWN: 60, OTHER: 180}


def test_a_second_choice_changes_nothing(tried, desk):
    number = tried()
    work_after(pace.HOLD)
    place = f"/bureau/envois/{number}/objet"
    assert desk.submit(place, position=2).status_code == 303
    assert desk.submit(place, position=2).status_code == 303
    assert desk.submit(place, position=1).status_code == 409
    assert plan_of(number).winner == 2


@pytest.mark.parametrize("position", ["0", "3", "x", ""])
def test_a_subject_that_is_not_tried_cannot_be_chosen(tried, desk, position):
    number = tried()
    work_after(pace.HOLD)
    answer = desk.submit(f"/bureau/envois/{number}/objet", position=position)
    assert answer.status_code == 409
    assert plan_of(number).winner is None


def test_whoever_left_during_the_wait_gets_nothing(tried, relay):
    number = tried()
    with time_machine.travel(now() + pace.HOLD, tick=True):
        work()
    with transaction():
        waiting = (
            select(Subscription.id)
            .join(Delivery, Delivery.subscriber_id == Subscription.subscriber_id)
            .where(Delivery.campaign_id == number, Delivery.variant.is_(None))
        )
        subscriptions.end(
            db.session.scalars(waiting.limit(1)).one(), "", now(), Method.ONE_CLICK_POST
        )
    with time_machine.travel(now() + pace.HOLD + WAIT, tick=True):
        work()
    assert len(relay.taken) == PEOPLE - 1


def test_a_list_that_has_shrunk_by_its_hour_gets_the_first_subject(tried, relay, desk):
    number = tried()
    with transaction():
        db.session.execute(
            update(Subscription)
            .where(Subscription.id.in_(select(Subscription.id).offset(120).limit(PEOPLE)))
            .values(state="ended", ended_at=now())
        )
    work_after(pace.HOLD)
    assert by_subject(relay.taken) == {OWN: 120}
    assert plan_of(number).verdict is Verdict.TOO_SMALL
    assert "trop petite pour un essai" in words(desk.get(f"/bureau/envois/{number}"))


def test_another_campaign_tries_other_people(tried, desk, letter):
    first = tried()
    page = press(desk, letter, run=2, again="y", subject_2=OTHER, share=50, wait=4)
    second = int(page.location.rsplit("/", 1)[1])
    work_after(pace.HOLD)
    chosen = [trial_of(number) for number in (first, second)]
    assert [len(people) for people in chosen] == [120, 120]
    assert 30 < len(chosen[0] & chosen[1]) < 90


def trial_of(number):
    db.session.rollback()
    found = select(Delivery.subscriber_id).where(
        Delivery.campaign_id == number, Delivery.variant.is_not(None)
    )
    return set(db.session.scalars(found))


def test_a_mail_of_the_trial_that_is_tried_later_keeps_its_subject(tried, relay):
    number = tried()
    with time_machine.travel(now() + pace.HOLD, tick=True):
        jobs.start_due()
        (address,) = addresses_of(number, 2, 1)
        relay.answers[address] = ANSWERS["later"]
        work()
        relay.answers.clear()
    with time_machine.travel(now() + pace.HOLD + WAIT, tick=True):
        work()
    assert plan_of(number).winner == 1
    late = [each for each in relay.taken if each.recipient == address]
    assert by_subject(late) == {OTHER: 1}
    assert state_of(number) == "finished"


def addresses_of(number, variant, count):
    db.session.rollback()
    found = (
        select(Subscriber.address)
        .join(Delivery, Delivery.subscriber_id == Subscriber.id)
        .where(Delivery.campaign_id == number, Delivery.variant == variant)
    )
    return db.session.scalars(found.limit(count)).all()
