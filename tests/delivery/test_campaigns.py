from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from delivery.looks import campaign
from sqlalchemy import func, select

from mailer.clock import now
from mailer.db import Hint, committed, db, transaction
from mailer.delivery import campaigns, pace
from mailer.delivery.models import Campaign
from mailer.errors import Conflict


def schedule(order):
    with transaction():
        return campaigns.schedule(order, now()).id


def how_many():
    return db.session.scalar(select(func.count(Campaign.id)))


def test_a_campaign_holds_for_a_minute(order):
    at = now()
    with transaction():
        made = campaigns.schedule(order, at)
        assert made.starts_at == at + pace.HOLD


def test_a_chosen_hour_is_kept(order):
    later = now() + timedelta(days=1)
    assert campaign(schedule(replace(order, starts_at=later))).starts_at == later


def test_the_worker_is_told_the_hour(order):
    told = set()
    with committed.connected_to(told.add):
        campaign_id = schedule(order)
    assert told == {Hint("start-campaigns", campaign(campaign_id).starts_at)}


def test_one_order_given_twice_is_one_campaign(order):
    assert schedule(order) == schedule(order)


def test_twenty_presses_at_once_make_one_campaign(app, order):
    def press(_):
        with app.app_context():
            return schedule(order)

    with ThreadPoolExecutor(20) as presses:
        made = set(presses.map(press, range(20)))
    assert len(made) == how_many() == 1


def test_the_letter_may_go_to_the_list_once_more(order):
    first = schedule(order)
    assert schedule(replace(order, run=2)) != first


def test_a_page_that_is_out_of_date_sends_nothing(order):
    with pytest.raises(Conflict):
        schedule(replace(order, run=3))
    assert how_many() == 0


def test_a_second_run_repeats_and_the_first_does_not(order):
    schedule(order)
    assert not campaigns.repeats(order.issue_id, order.list_id, 1)
    assert campaigns.repeats(order.issue_id, order.list_id, 2)


def test_a_cancelled_campaign_is_not_repeated_by_the_next(order):
    campaign_id = schedule(order)
    with transaction():
        campaigns.cancel(campaign_id, "account:1", now())
    assert not campaigns.repeats(order.issue_id, order.list_id, 2)


def test_a_campaign_that_has_started_cannot_be_cancelled(begin):
    campaign_id = begin()
    with pytest.raises(Conflict), transaction():
        campaigns.cancel(campaign_id, "account:1", now())
