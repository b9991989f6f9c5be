from datetime import timedelta

import pytest
import time_machine
from delivery.looks import campaign
from sqlalchemy import select, update

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import db, transaction
from mailer.delivery import campaigns, claims, comparisons, labels, pipeline, reports
from mailer.delivery.models import Delivery
from mailer.delivery.reports import Counts, Withheld
from mailer.delivery.states import DeliveryState
from mailer.rights import erasure
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Subscription


def counted(**states):
    return Counts({DeliveryState(state): count for state, count in states.items()}, {})


def test_the_rest_takes_as_long_as_the_present_speed_says():
    half = counted(sent=100, queued=50, leased=50)
    assert reports.time_left(half, 2.5) == timedelta(seconds=40)


def test_nothing_is_foretold_before_the_first_mail():
    assert reports.time_left(counted(queued=100), 0) is None


def test_what_waits_for_another_attempt_does_not_lengthen_the_rest():
    assert reports.time_left(counted(sent=100, deferred=3), 2.5) is None


def test_the_speed_is_that_of_the_last_minute(subscribe, send):
    subscribe(3)
    sent = campaign(send())
    assert reports.speed(sent, sent.ended_at + timedelta(seconds=1)) > 0
    assert reports.speed(sent, sent.ended_at + timedelta(minutes=2)) == 0


def test_a_pause_does_not_slow_the_speed(subscribe, begin):
    subscribe(40)
    campaign_id = begin()
    began = campaign(campaign_id).started_at
    resumed = began + timedelta(seconds=50)
    with transaction():
        campaigns.pause(campaign_id, "account:1")
        with time_machine.travel(resumed, tick=False):
            campaigns.resume(campaign_id, "account:1")
    with transaction():
        values = {
            "state": DeliveryState.SENT,
            "next_at": None,
            "at": resumed + timedelta(seconds=2),
        }
        db.session.execute(update(Delivery).values(values))

    assert reports.speed(campaign(campaign_id), resumed + timedelta(seconds=4)) == 10


def test_why_people_were_not_written_to_is_told_apart(subscribe, begin):
    subscribe(5)
    campaign_id = begin()
    objected, left, erased = db.session.scalars(
        select(Subscription).order_by(Subscription.id).limit(3)
    ).all()
    with transaction():
        consent.suppress(objected.subscriber.fingerprint, Reason.OBJECTION, now(), "case:1")
        subscriptions.end(left.id, "", now())
        erasure.erase(erased.subscriber.fingerprint, now())
    with transaction():
        claims.claim(campaigns.by_id(campaign_id), 3, "a turn", now())
    with transaction():
        pipeline.stop(campaign_id, "account:1", now())

    found = reports.withheld(campaign_id)

    assert found == {
        Withheld.OBJECTED: 1,
        Withheld.LEFT: 1,
        Withheld.ERASED: 1,
        Withheld.STOPPED: 1,
    }


def test_nobody_is_said_to_have_paused_what_runs(begin):
    assert reports.pause(campaign(begin())) is None


def test_a_pause_is_told_with_its_author_and_its_hour(begin, sender):
    campaign_id = begin()
    with transaction():
        campaigns.pause(campaign_id, f"account:{sender}")
    told = reports.pause(campaign(campaign_id))
    assert (told.by, now() - told.at < timedelta(minutes=1)) == ("Claude", True)


def test_every_mail_is_either_done_or_left():
    mixed = counted(sent=5, failed=1, uncertain=1, withheld=1, queued=2, leased=1, deferred=3)
    assert (mixed.total, mixed.done, mixed.left) == (14, 8, 6)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("5.1.1", labels.REASONS["5.1.1"]),
        ("5.1.10", labels.REASONS["5.1.10"]),
        ("5.1.9", labels.REASONS["5.1"]),
        ("5.2.2", labels.REASONS["5.2.2"]),
        ("4.2.2", labels.REASONS["4"]),
        ("5.0.0", labels.OTHER_REASON),
        ("", labels.OTHER_REASON),
    ],
)
def test_the_longest_known_code_gives_the_reason(status, reason):
    assert labels.reason(status) is reason


def test_who_left_by_the_link_still_counts_once_forgotten(subscribe, send):
    subscribe(3)
    campaign_id = send()
    numbers = db.session.scalars(select(Delivery.id).order_by(Delivery.id)).all()
    first = db.session.scalars(select(Subscription).order_by(Subscription.id)).first()
    fingerprint = first.subscriber.fingerprint
    with transaction():
        subscriptions.end(first.id, f"delivery:{numbers[0]}", now())
        subscriptions.end(first.id + 1, "", now())
    assert comparisons.endings([campaign_id])[campaign_id] == (1, 0)

    with transaction():
        erasure.erase(fingerprint, now())

    assert comparisons.endings([campaign_id])[campaign_id] == (1, 0)
