"""A series of letters, from the button of the confirmation to the mailbox."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from delivery.sequence_world import (
    AFTER_TEN,
    AFTER_THREE,
    DAY,
    MINUTE,
    WELCOME,
    ask,
    deliveries,
    got,
    join,
    later,
    leave,
    press,
    series,
    start,
    work,
    work_later,
)
from sqlalchemy import select

from mailer.audit.models import Entry
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import db, transaction
from mailer.delivery import enrolling, sequences
from mailer.delivery import sequence_queries as queries
from mailer.delivery.models import Campaign
from mailer.delivery.states import CampaignState, DeliveryState
from mailer.subscriptions.models import Subscriber


def campaigns():
    db.session.rollback()
    return db.session.scalars(select(Campaign).order_by(Campaign.id)).all()


def test_the_welcome_leaves_after_the_button_and_not_before(running, list_id, relay):
    link = ask(list_id)
    work()
    assert relay.taken == []

    press(link)
    work()

    assert got(relay) == [WELCOME]


def test_each_letter_leaves_on_its_day_and_none_twice_however_often_the_worker_looks(
    running, list_id, relay
):
    join(list_id)
    for day in (0, 0, 2, 3, 3, 9, 10, 11, 45, 80, 400):
        work_later(day * DAY + MINUTE)
    assert got(relay) == [WELCOME, AFTER_THREE, AFTER_TEN]
    assert [each.state for each in campaigns()] == [CampaignState.FINISHED] * 3


def test_the_campaign_of_a_letter_wakes_for_the_next_newcomer_and_tells_the_record_once(
    running, list_id, relay
):
    join(list_id)
    work()
    join(list_id, "p2@exemple.fr")
    work_later(DAY)

    assert got(relay, "p2@exemple.fr") == [WELCOME]
    (only,) = campaigns()
    told = select(Entry.verb).where(Entry.subject == f"campaign:{only.id}").order_by(Entry.id)
    assert list(db.session.scalars(told)) == ["schedule", "start"]


def test_workers_that_look_at_once_promise_a_letter_once(app, running, list_id, relay):
    join(list_id)

    def look(_):
        with app.app_context(), transaction():
            enrolling.enrol(running, now())

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(look, range(8)))
    assert len(deliveries()) == 1
    assert len(campaigns()) == 1


@pytest.mark.parametrize("before", ["start", "stop and start"])
def test_only_those_count_who_confirm_after_the_start(before, write, list_id, sender, relay):
    number = series(list_id, sender, (0, write(WELCOME)))
    join(list_id)
    start(number, sender)
    if before != "start":
        with transaction():
            sequences.stop(queries.locked(number), "account:1", now())
        join(list_id, "p2@exemple.fr")
        start(number, sender)
    work()
    assert relay.taken == []


@pytest.mark.parametrize("why", ["leaves", "objects", "is restricted"])
def test_any_withdrawal_stops_the_rest_at_once(why, running, list_id, relay):
    join(list_id)
    work()
    with later(3 * DAY + MINUTE):
        # Promised, and not sent yet: the claim asks again.
        with transaction():
            enrolling.enrol(running, now())
        stop_writing(why)
        work()
    work_later(11 * DAY)

    assert got(relay) == [WELCOME]
    assert [each.state for each in deliveries()] == [DeliveryState.SENT, DeliveryState.WITHHELD]


def stop_writing(why):
    if why == "leaves":
        leave()
        return
    reason = Reason.OBJECTION if why == "objects" else Reason.RESTRICTION
    with transaction():
        digest = db.session.query(Subscriber.fingerprint).scalar()
        consent.suppress(digest, reason, now(), "test")


@pytest.mark.parametrize(("away", "expected"), [(10, 1), (29, 1), (31, 2), (200, 2)])
def test_whoever_comes_back_is_welcomed_again_after_a_month(
    away, expected, running, list_id, relay
):
    join(list_id)
    work()
    leave()
    with later(away * DAY):
        join(list_id)
        work()
        work()
    assert got(relay) == [WELCOME] * expected
