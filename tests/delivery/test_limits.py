"""Campaigns keep to the limits, the quiet hours and the relays that answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from delivery.carriers import OneByOne
from delivery.looks import campaign, states
from mail.carrying import Relays

from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import campaigns, jobs, pace, pipeline
from mailer.mail import allowances, retry
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.relay import KEY
from mailer.mail.relays import Relay

NOON = datetime(2036, 11, 24, 11, 0, tzinfo=UTC)
NIGHT = datetime(2036, 11, 24, 23, 0, tzinfo=UTC)
DOWN = Outcome(Kind.DEFERRED, "4.4.1", "no route", Stage.CONNECT, relay_down=True)


@pytest.fixture
def limit(app):
    """`limit(SENDING_PER_HOUR=2)`: settings that count from now on."""

    def set_to(*relays, **settings):
        app.config.update(settings)
        app.extensions[allowances.KEY] = allowances.policy(
            app.config, relays or (Relay("first", "127.0.0.1"),)
        )

    return set_to


@pytest.fixture
def relay(app):
    """A carrier whose relays take everything, unless they say something else."""
    app.extensions[KEY] = Relays()
    return app.extensions[KEY]


def work(at):
    with time_machine.travel(at, tick=True):
        jobs.send_batches()


def test_no_more_leave_in_an_hour_than_is_allowed(limit, subscribe, begin, relay):
    limit(SENDING_PER_HOUR=2)
    subscribe(5)
    with time_machine.travel(NOON - timedelta(hours=1), tick=True):
        campaign_id = begin()
    for hour in range(3):
        work(NOON + timedelta(hours=hour))
        work(NOON + timedelta(hours=hour, minutes=30))
        assert len(relay.taken) == min(5, 2 * (hour + 1))
    assert campaign(campaign_id).state == "finished"


def test_a_full_domain_does_not_hold_up_the_others(limit, subscribe, begin, relay):
    limit(SENDING_TO_DOMAINS={"exemple.fr": {"per_hour": 1}})
    subscribe(2)
    subscribe(1, domain="autre.fr")
    campaign_id = begin()
    jobs.send_batches()
    assert {envelope.recipient.partition("@")[2] for envelope in relay.taken} == {
        "exemple.fr",
        "autre.fr",
    }
    assert states(campaign_id) == {"sent": 2, "queued": 1}


def test_a_second_that_is_full_is_waited_for_within_the_turn(limit, subscribe, begin):
    limit(SENDING_PER_SECOND=2)
    subscribe(4)
    campaign_id = begin()
    pipeline.send(OneByOne(lambda _envelope: None), now() + jobs.TURN)
    assert states(campaign_id) == {"sent": 4}


def test_nothing_leaves_in_quiet_hours(limit, subscribe, begin, relay):
    limit(QUIET_HOURS="22:00-07:00")
    subscribe(1)
    with time_machine.travel(NOON, tick=True):
        campaign_id = begin()
    work(NIGHT)
    assert states(campaign_id) == {"queued": 1}
    work(NIGHT + timedelta(hours=8))
    assert states(campaign_id) == {"sent": 1}


def test_another_relay_carries_what_one_that_is_down_could_not(limit, subscribe, begin, relay):
    limit(Relay("first", "127.0.0.1", senders=("exemple.fr",)), Relay("second", "127.0.0.1"))
    subscribe(2)
    campaign_id = begin()
    relay.says = {"first": DOWN}
    jobs.send_batches()
    assert states(campaign_id) == {"sent": 2}
    assert {envelope.relay for envelope in relay.taken} == {"second"}


def test_what_a_relay_did_not_take_is_not_counted_under_its_limits(limit, subscribe, begin, relay):
    limit(SENDING_PER_HOUR=2)
    subscribe(2)
    with time_machine.travel(NOON, tick=True):
        campaign_id = begin()
        relay.says = {"first": DOWN}
        jobs.send_batches()
    assert campaign(campaign_id).state == "waiting"
    relay.says = {}
    work(NOON + retry.FIRST_RELAY_PAUSE + timedelta(seconds=1))
    assert states(campaign_id) == {"sent": 2}


def test_a_relay_that_answers_again_is_left_alone_no_longer(limit, subscribe, begin, relay):
    limit()
    subscribe(1)
    begin()
    with transaction():
        allowances.pause("first", "4.4.1", now() - timedelta(hours=1))
    jobs.send_batches()
    with transaction():
        pauses = allowances.paused(now() - timedelta(hours=1) + timedelta(seconds=1))
    assert not pauses


def test_a_campaign_does_not_wait_for_the_end_of_an_older_one(
    limit, subscribe, begin, order, write
):
    limit(SENDING_PER_SECOND=2)
    subscribe(4)
    first = begin()
    with transaction():
        later = replace(order, issue_id=write("Marée"))
        second = campaigns.schedule(later, now() - pace.HOLD).id
        pipeline.start(second, now())
    pipeline.send(OneByOne(lambda _envelope: None), now() + timedelta(seconds=3))
    assert states(first)["sent"] > 0
    assert states(second)["sent"] > 0
