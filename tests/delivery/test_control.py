"""Pausing, resuming, stopping: at once, as often as pressed, and nobody gets a letter twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from delivery.looks import campaign, states

from mailer.audit import queries as audit
from mailer.clock import now
from mailer.db import Hint, committed, db, transaction
from mailer.delivery import campaigns, claims, jobs, ledger, pipeline
from mailer.delivery.batch import Result
from mailer.delivery.states import DeliveryEvent
from mailer.errors import Conflict

WHO = "account:1"
OWNER = "a turn"
ACCEPT = DeliveryEvent.ACCEPT


def done_to(campaign_id):
    db.session.rollback()
    return Counter(entry.verb for entry in audit.history_of(f"campaign:{campaign_id}"))


def pause(campaign_id):
    with transaction():
        campaigns.pause(campaign_id, WHO)


def resume(campaign_id):
    with transaction():
        campaigns.resume(campaign_id, WHO)


def claim(campaign_id):
    with transaction():
        return claims.claim(campaigns.by_id(campaign_id), 1, OWNER, now())


def accept(batch):
    with transaction():
        ledger.record(OWNER, [Result(batch.people[0].delivery_id, ACCEPT, "2.0.0")], now())


def send_one(campaign_id):
    accept(claim(campaign_id))


def test_nobody_is_claimed_from_a_paused_campaign(subscribe, begin):
    subscribe(3)
    campaign_id = begin()
    assert claim(campaign_id)
    pause(campaign_id)
    assert claim(campaign_id) is None


def test_what_was_in_flight_at_the_pause_lands(subscribe, begin):
    subscribe(2)
    campaign_id = begin()
    batch = claim(campaign_id)
    pause(campaign_id)
    accept(batch)
    assert states(campaign_id) == {"queued": 1, "sent": 1}


def test_ten_pauses_double_no_mail_and_lose_none(subscribe, begin, relay):
    subscribe(12)
    campaign_id = begin()
    for _ in range(10):
        send_one(campaign_id)
        pause(campaign_id)
        jobs.send_batches()
        assert states(campaign_id)["queued"] > 0
        resume(campaign_id)
    jobs.send_batches()
    assert states(campaign_id) == {"sent": 12}
    assert len(relay.taken) == 2


def test_resuming_tells_the_worker(begin):
    campaign_id = begin()
    pause(campaign_id)
    told = set()
    with committed.connected_to(told.add):
        resume(campaign_id)
    assert told == {Hint(campaigns.SEND)}


@pytest.fixture
def press_twenty_times(app):
    """`press_twenty_times(act)`: the same button, from twenty browsers at once."""

    def press(act):
        def one(_):
            with app.app_context(), transaction():
                act()

        with ThreadPoolExecutor(20) as presses:
            list(presses.map(one, range(20)))

    return press


def test_twenty_presses_of_pause_are_one(begin, press_twenty_times):
    campaign_id = begin()
    press_twenty_times(lambda: campaigns.pause(campaign_id, WHO))
    assert done_to(campaign_id)["pause"] == 1


def test_twenty_presses_of_resume_are_one(begin, press_twenty_times):
    campaign_id = begin()
    pause(campaign_id)
    press_twenty_times(lambda: campaigns.resume(campaign_id, WHO))
    assert done_to(campaign_id)["resume"] == 1


def test_twenty_presses_of_stop_are_one(begin, press_twenty_times):
    campaign_id = begin()
    press_twenty_times(lambda: pipeline.stop(campaign_id, WHO, now()))
    assert done_to(campaign_id)["stop"] == 1


def test_a_campaign_is_cancelled_once_however_often_pressed(scheduled):
    for _ in range(2):
        with transaction():
            campaigns.cancel(scheduled, WHO, now())
    assert done_to(scheduled)["cancel"] == 1


@pytest.mark.parametrize("act", [campaigns.pause, campaigns.resume], ids=["pause", "resume"])
def test_what_has_ended_is_neither_paused_nor_resumed(subscribe, send, act):
    subscribe(1)
    campaign_id = send()
    with pytest.raises(Conflict), transaction():
        act(campaign_id, WHO)


def test_a_paused_campaign_does_not_finish_by_itself(subscribe, begin):
    campaign_id = begin()
    pause(campaign_id)
    jobs.send_batches()
    assert campaign(campaign_id).state == "paused"


def test_a_finished_campaign_is_not_retried_for_everybody(subscribe, send):
    subscribe(1)
    campaign_id = send()
    with pytest.raises(Conflict), transaction():
        campaigns.retry(campaign_id, WHO, now() + timedelta(hours=1))
