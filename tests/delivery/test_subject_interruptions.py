"""What interrupts a trial of subjects: a killed worker, a pause, a stop; nobody gets two."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from delivery.ledger_world import CrashError, Worker
from delivery.pressing import words, work_after
from delivery.subject_world import (
    PEOPLE,
    WAIT,
    plan_of,
    recipients,
    state_of,
    work,
    work_until,
)

from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import campaigns, jobs, pace, subject_decisions


@pytest.fixture
def worker(app):
    """`worker()`: one whose calls are played by hand."""
    return lambda: Worker(Path(app.config["DATA_FOLDER"]))


def test_a_turn_killed_between_trial_and_rest_doubles_nobody(tried, worker, relay):
    number = tried()
    with time_machine.travel(now() + pace.HOLD, tick=True):
        jobs.start_due()
        killed = worker()
        people = killed.claim(number, PEOPLE)
        for person in people[:50]:
            killed.leave(person.delivery_id)
            killed.answer(person.delivery_id, "accepted")
        killed.crash()
        work()
    answered = {person.address for person in people[:50]}
    with time_machine.travel(now() + pace.HOLD + WAIT, tick=True):
        work()
    got = recipients(relay.taken)
    assert set(got.values()) == {1}
    assert not answered & got.keys()
    assert len(got) + len(answered) == PEOPLE
    assert state_of(number) == "finished"


def test_a_turn_killed_after_the_choice_doubles_nobody(tried, worker, relay, desk):
    number = tried()
    work_after(pace.HOLD)
    desk.submit(f"/bureau/envois/{number}/objet", position=2)
    killed = worker()
    people = killed.claim(number, 30)
    assert {person.variant for person in people} == {2}
    killed.leave(people[0].delivery_id)
    killed.crash()
    work()
    got = recipients(relay.taken)
    assert set(got.values()) == {1}
    # Of the one that left and was not answered nobody knows: it is not sent again.
    assert people[0].address not in got
    assert len(got) == PEOPLE - 1


def test_a_choice_that_is_not_committed_lets_nobody_go(tried, relay):
    number = tried()
    work_after(pace.HOLD)
    with pytest.raises(CrashError):
        chosen_and_lost(number)
    work()
    assert len(relay.taken) == PEOPLE // 2
    assert plan_of(number).winner is None


def chosen_and_lost(number):
    with transaction():
        subject_decisions.decide_by_hand(number, 2, 1, now())
        raise CrashError


def test_nothing_leaves_in_the_hold_and_a_cancelled_trial_never_does(tried, relay, desk):
    number = tried()
    work()
    assert relay.taken == []
    desk.submit(f"/bureau/envois/{number}/annulation")
    work_until(WAIT)
    assert relay.taken == []


def test_a_stop_during_the_wait_sends_the_rest_nothing(tried, relay, desk):
    number = tried()
    work_after(pace.HOLD)
    desk.submit(f"/bureau/envois/{number}/arret")
    with time_machine.travel(now() + pace.HOLD + WAIT, tick=True):
        work()
    assert len(relay.taken) == PEOPLE // 2
    assert "avant le choix" in words(desk.get(f"/bureau/envois/{number}"))
    assert desk.submit(f"/bureau/envois/{number}/objet", position=2).status_code == 409


def test_a_pause_during_the_wait_puts_the_choice_off(tried, relay, desk):
    number = tried()
    with time_machine.travel(now() + pace.HOLD, tick=True):
        work()
    desk.submit(f"/bureau/envois/{number}/pause")
    with time_machine.travel(now() + pace.HOLD + WAIT, tick=True):
        work()
        assert plan_of(number).winner is None
        with transaction():
            campaigns.resume(number, "account:1")
        work()
    assert plan_of(number).winner == 1
    assert set(recipients(relay.taken).values()) == {1}
    assert len(relay.taken) == PEOPLE


def test_the_wait_begins_only_once_the_trial_has_left(tried, relay):
    number = tried()
    with time_machine.travel(now() + pace.HOLD, tick=True):
        jobs.start_due()
        jobs.decide_subjects()
        assert plan_of(number).decides_at is None
        jobs.send_batches()
        jobs.decide_subjects()
        assert plan_of(number).decides_at > now() + timedelta(hours=3)
