"""Those who may have got nothing are written to once more; nobody else, and nobody unasked."""

from datetime import timedelta

import pytest
import time_machine
from delivery.looks import campaign, states
from sqlalchemy import select, update

from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import jobs, pace, pipeline, redelivery
from mailer.delivery.models import Delivery
from mailer.delivery.redelivery import Offer
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.rights import erasure

WHO = "account:1"
LATER = Outcome(Kind.DEFERRED, "4.2.2", "full", Stage.RCPT)
LOST = Outcome(Kind.UNCERTAIN, "4.4.2", "lost", Stage.FINAL)
NEVER = Outcome(Kind.REJECTED, "5.2.2", "full", Stage.RCPT)
DAY = timedelta(days=1)


@pytest.fixture
def ended(subscribe, send, relay):
    """A campaign of six: two took it, one refused, two are given up, of one nobody knows."""
    subscribe(6)
    relay.answers = {
        "p1@exemple.fr": NEVER,
        "p2@exemple.fr": LATER,
        "p3@exemple.fr": LATER,
        "p4@exemple.fr": LOST,
    }
    campaign_id = send()
    with transaction():
        db.session.execute(
            update(Delivery)
            .where(Delivery.state == "deferred")
            .values(state="failed", next_at=None, attempts=12)
        )
    jobs.send_batches()
    relay.answers = {}
    relay.taken.clear()
    return campaign_id


def press(act, campaign_id):
    with transaction():
        return act(campaign_id, WHO, now())


def work_after(wait):
    with time_machine.travel(now() + wait, tick=True):
        jobs.start_due()
        jobs.send_batches()


def got(relay):
    return {envelope.recipient for envelope in relay.taken}


def test_each_button_says_how_many(ended):
    assert campaign(ended).state == "finished"
    assert redelivery.offered(ended) == Offer(deferred=0, unanswered=2, uncertain=1)


def test_those_given_up_are_served_and_nobody_else(ended, relay):
    assert press(redelivery.revive, ended) == 2
    work_after(pace.HOLD)
    assert got(relay) == {"p2@exemple.fr", "p3@exemple.fr"}
    assert states(ended) == {"failed": 1, "sent": 4, "uncertain": 1}
    assert campaign(ended).state == "finished"


def test_there_is_a_minute_to_think_again(ended, relay):
    press(redelivery.revive, ended)
    jobs.start_due()
    jobs.send_batches()
    assert (campaign(ended).state, relay.taken) == ("scheduled", [])


def test_a_second_press_finds_nobody(ended):
    press(redelivery.revive, ended)
    assert press(redelivery.revive, ended) == 0


def test_the_retries_begin_anew(ended, relay):
    press(redelivery.revive, ended)
    relay.answers = {"p2@exemple.fr": LATER}
    work_after(pace.HOLD)
    assert states(ended)["deferred"] == 1


def test_after_a_stop_those_given_up_are_served_and_those_withheld_are_not(subscribe, ended, relay):
    press(redelivery.revive, ended)
    with time_machine.travel(now() + pace.HOLD, tick=True):
        jobs.start_due()
        with transaction():
            pipeline.stop(ended, WHO, now())
    assert states(ended)["withheld"] == 2
    press(redelivery.repeat, ended)
    work_after(pace.HOLD)
    assert got(relay) == {"p4@exemple.fr"}


def test_one_who_was_erased_since_is_not_counted(ended):
    with transaction():
        erasure.erase("fingerprint of p2@exemple.fr", now())
    assert redelivery.offered(ended).unanswered == 1
    assert press(redelivery.revive, ended) == 1


def test_those_in_doubt_are_written_to_once_more_under_the_same_number(ended, relay):
    number = db.session.scalar(select(Delivery.id).where(Delivery.state == "uncertain"))
    assert press(redelivery.repeat, ended) == 1
    work_after(pace.HOLD)
    assert [envelope.key for envelope in relay.taken] == [number]


def test_doubt_is_offered_once(ended, relay):
    relay.answers = {"p4@exemple.fr": LOST}
    press(redelivery.repeat, ended)
    work_after(pace.HOLD)
    assert states(ended)["uncertain"] == 1
    assert redelivery.offered(ended).uncertain == 0
    assert press(redelivery.repeat, ended) == 0


def test_those_deferred_are_tried_again_at_once(subscribe, send, relay):
    subscribe(3)
    relay.answers = {"p1@exemple.fr": LATER}
    campaign_id = send()
    relay.answers = {}
    jobs.send_batches()
    assert states(campaign_id)["deferred"] == 1
    with time_machine.travel(now() + pace.HOLD, tick=True):
        assert press(redelivery.hasten, campaign_id) == 1
        jobs.send_batches()
    assert states(campaign_id) == {"sent": 3}


def repeat_old(wait):
    with time_machine.travel(now() + wait, tick=True), transaction():
        redelivery.repeat_old(now())


def test_doubt_is_left_alone_unless_a_setting_says_otherwise(ended):
    repeat_old(redelivery.DOUBT + pace.HOLD)
    assert states(ended)["uncertain"] == 1


def test_where_a_setting_says_so_doubt_is_resolved_after_a_quarter_of_an_hour(app, ended, relay):
    app.config["REDELIVER_UNCERTAIN"] = True
    repeat_old(redelivery.DOUBT - pace.HOLD)
    assert states(ended)["uncertain"] == 1
    repeat_old(redelivery.DOUBT + pace.HOLD)
    work_after(redelivery.DOUBT + pace.HOLD)
    assert got(relay) == {"p4@exemple.fr"}
    assert campaign(ended).state == "finished"


def test_a_setting_resolves_a_doubt_once(app, ended, relay):
    app.config["REDELIVER_UNCERTAIN"] = True
    relay.answers = {"p4@exemple.fr": LOST}
    repeat_old(redelivery.DOUBT + pace.HOLD)
    work_after(redelivery.DOUBT + pace.HOLD)
    assert states(ended)["uncertain"] == 1
    repeat_old(redelivery.DOUBT * 3)
    assert states(ended)["uncertain"] == 1


def test_doubt_that_a_person_left_for_a_day_is_theirs(app, ended):
    app.config["REDELIVER_UNCERTAIN"] = True
    repeat_old(2 * DAY)
    assert states(ended)["uncertain"] == 1
