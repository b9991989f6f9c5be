"""What no hint tells of is found within a minute."""

from datetime import timedelta

import time_machine
from delivery.looks import campaign, states
from sqlalchemy import update

from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import campaigns, claims, jobs, pace
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import CampaignState, DeliveryState


def plant(table, **values):
    """Write what no operation would."""
    with transaction():
        db.session.execute(update(table).values(**values))


def test_the_lease_of_a_worker_that_vanished_is_parked(subscribe, begin):
    subscribe(2)
    campaign_id = begin()
    with transaction():
        claims.claim(campaigns.by_id(campaign_id), 1, "another machine", now())
    with time_machine.travel(now() + pace.LEASE + timedelta(seconds=1)):
        jobs.reconcile()
    assert states(campaign_id) == {"queued": 1, "uncertain": 1}


def test_a_campaign_with_nobody_left_that_nobody_ended_is_finished(subscribe, begin):
    subscribe(1)
    campaign_id = begin()
    plant(Delivery, state=DeliveryState.SENT, next_at=None)
    jobs.reconcile()
    assert campaign(campaign_id).state == "finished"


def test_nothing_leaves_for_a_cancelled_campaign_that_came_back(subscribe, begin):
    subscribe(2)
    campaign_id = begin()
    plant(Campaign, state=CampaignState.CANCELLED)
    jobs.reconcile()
    assert states(campaign_id) == {"withheld": 2}


def test_a_start_whose_hint_was_lost_is_made_up_for(app, subscribe, scheduled, relay):
    subscribe(2)
    with time_machine.travel(now() + pace.HOLD, tick=True):
        jobs.reconcile()
        jobs.start_due()
        jobs.send_batches()
    assert states(scheduled) == {"sent": 2}


def test_a_retry_whose_hint_was_lost_is_sent_at_its_hour(subscribe, begin, relay):
    subscribe(1)
    campaign_id = begin()
    plant(Delivery, state=DeliveryState.DEFERRED, next_at=now() - timedelta(hours=1))
    jobs.send_batches()
    assert states(campaign_id) == {"sent": 1}


def test_a_campaign_that_runs_well_is_left_as_it_is(subscribe, begin):
    subscribe(2)
    campaign_id = begin()
    jobs.reconcile()
    assert states(campaign_id) == {"queued": 2}
    assert campaign(campaign_id).state == "running"


def test_what_is_in_doubt_is_sent_again_where_the_setting_says_so(app, subscribe, begin, relay):
    app.config["REDELIVER_UNCERTAIN"] = True
    subscribe(1)
    campaign_id = begin()
    plant(Delivery, state=DeliveryState.UNCERTAIN, next_at=None)
    with time_machine.travel(now() + timedelta(minutes=20), tick=True):
        jobs.reconcile()
    with time_machine.travel(now() + timedelta(minutes=22), tick=True):
        jobs.start_due()
        jobs.send_batches()
    assert states(campaign_id) == {"sent": 1}
