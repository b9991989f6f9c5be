from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from databases import statement_limit
from delivery.carriers import OneByOne
from delivery.looks import campaign, html, states
from sqlalchemy import select

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason, Suppression
from mailer.db import db, transaction
from mailer.delivery import campaigns, jobs, pace, pipeline
from mailer.delivery.models import Campaign
from mailer.mail import retry
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.newsletters import approving
from mailer.newsletters import queries as newsletters
from mailer.newsletters.fields import mark

DOWN = Outcome(Kind.DEFERRED, "4.4.1", "no route", Stage.CONNECT, relay_down=True)
FIRST = "p1@exemple.fr"


def refused(status, stage=Stage.FINAL):
    return Outcome(Kind.REJECTED, status, "no", stage)


def recipients(relay):
    return sorted(envelope.recipient for envelope in relay.taken)


def work_after(pause):
    with time_machine.travel(now() + pause, tick=True):
        jobs.start_due()
        jobs.send_batches()


def test_everyone_gets_the_letter_once(subscribe, send, relay):
    subscribe(3)
    campaign_id = send()
    assert recipients(relay) == [f"p{n}@exemple.fr" for n in (1, 2, 3)]
    assert states(campaign_id) == {"sent": 3}
    assert campaign(campaign_id).state == "finished"


def test_each_reads_since_which_day_their_address_is_there(subscribe, send, relay):
    with time_machine.travel("2026-03-12T23:30Z"):
        subscribe(1)
    subscribe(1, first=2)

    send()

    first, second = sorted(relay.taken, key=lambda envelope: envelope.recipient)
    assert "« L’Estran » depuis le 13 mars 2026." in html(first)
    assert "13 mars 2026" not in html(second)


def test_nothing_leaves_during_the_hold(subscribe, scheduled, relay):
    subscribe(3)
    work_after(pace.HOLD - timedelta(seconds=2))
    assert relay.taken == []


def test_a_campaign_cancelled_in_its_hold_sends_nothing(subscribe, scheduled, relay):
    subscribe(3)
    with transaction():
        campaigns.cancel(scheduled, "account:1", now())
    work_after(pace.HOLD)
    assert relay.taken == []
    assert campaign(scheduled).state == "cancelled"


def test_a_job_that_runs_twice_sends_nothing_more(subscribe, send, relay):
    subscribe(3)
    send()
    jobs.send_batches()
    assert len(relay.taken) == 3


def test_workers_at_the_same_time_send_each_mail_once(app, subscribe, begin, relay):
    subscribe(200)
    campaign_id = begin()

    def work(_):
        with app.app_context():
            jobs.send_batches()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    jobs.send_batches()
    assert len(relay.taken) == len(set(recipients(relay))) == 200
    assert campaign(campaign_id).state == "finished"


def test_starts_at_the_same_time_freeze_one_audience(app, subscribe, scheduled, relay):
    subscribe(5)

    def start(_):
        with app.app_context(), transaction():
            pipeline.start(scheduled, now() + pace.HOLD)

    with ThreadPoolExecutor(10) as workers:
        list(workers.map(start, range(20)))
    assert states(scheduled) == {"queued": 5}


def test_an_audience_of_any_size_is_frozen_whatever_time_that_takes(subscribe, scheduled):
    subscribe(1)
    with time_machine.travel(now() + pace.HOLD, tick=True), transaction():
        pipeline.start(scheduled, now())
        assert statement_limit() == "0"


def test_an_objection_between_freeze_and_claim_is_obeyed(subscribe, begin, relay):
    subscribe(3)
    campaign_id = begin()
    with transaction():
        consent.suppress(f"fingerprint of {FIRST}", Reason.OBJECTION, now(), "case:1")
    jobs.send_batches()
    assert FIRST not in recipients(relay)
    assert states(campaign_id) == {"sent": 2, "withheld": 1}


def test_a_relay_that_is_down_makes_the_campaign_wait(subscribe, send, relay):
    subscribe(2)
    relay.answers = {"p1@exemple.fr": DOWN, "p2@exemple.fr": DOWN}
    campaign_id = send()
    assert campaign(campaign_id).state == "waiting"
    assert states(campaign_id) == {"queued": 2}


def test_the_campaign_goes_on_by_itself_when_the_relay_is_back(subscribe, send, relay):
    subscribe(2)
    relay.answers = {"p1@exemple.fr": DOWN}
    campaign_id = send()
    relay.answers = {}
    work_after(pace.HOLD + retry.FIRST_RELAY_PAUSE)
    assert recipients(relay) == ["p1@exemple.fr", "p2@exemple.fr"]
    assert campaign(campaign_id).state == "finished"


@pytest.mark.parametrize("field", ["prenom", "inconnu"])
def test_a_field_that_not_everyone_has_stops_the_campaign_before_its_first_mail(
    subscribe, order, scheduled, relay, field
):
    subscribe(2)
    # Approval refuses such a letter; this one was stored by another version of the program.
    with transaction():
        letter = newsletters.letter(order.issue_id)
        letter.subject = mark(f"Bonjour {{{{{field}}}}}")
        letter.content_hash = approving.hash_of(letter.issue, letter.drawn)
        db.session.get_one(Campaign, scheduled).content_hash = letter.content_hash
    work_after(pace.HOLD)
    found = campaign(scheduled)
    assert (found.state, found.failure, found.failure_detail) == ("failed", "merge", field)
    assert relay.taken == []


def test_an_address_that_does_not_exist_is_suppressed(subscribe, send, relay):
    subscribe(2)
    relay.answers = {FIRST: refused("5.1.1", Stage.RCPT)}
    campaign_id = send()
    assert states(campaign_id) == {"sent": 1, "failed": 1}
    assert db.session.scalars(select(Suppression.fingerprint)).all() == [f"fingerprint of {FIRST}"]


@pytest.mark.parametrize(
    ("answer", "failure"),
    [(refused("5.7.26"), "policy"), (refused("5.7.8", Stage.AUTH), "login")],
)
def test_what_is_our_fault_stops_the_campaign_and_loses_nobody(
    subscribe, send, relay, answer, failure
):
    subscribe(2)
    relay.answers = {"p1@exemple.fr": answer, "p2@exemple.fr": answer}
    campaign_id = send()
    found = campaign(campaign_id)
    assert (found.state, found.failure, found.failure_detail) == ("failed", failure, answer.status)
    assert states(campaign_id) == {"queued": 2}


def test_a_mended_campaign_serves_only_those_who_got_nothing(subscribe, send, relay):
    subscribe(2)
    relay.answers = {FIRST: refused("5.7.26")}
    campaign_id = send()
    relay.answers = {}
    with transaction():
        campaigns.retry(campaign_id, "account:1", now())
    work_after(pace.HOLD)
    assert recipients(relay) == ["p1@exemple.fr", "p2@exemple.fr"]
    assert campaign(campaign_id).state == "finished"


def test_a_deferred_mail_leaves_later_and_the_campaign_ends_then(subscribe, send, relay):
    subscribe(2)
    relay.answers = {FIRST: Outcome(Kind.DEFERRED, "4.2.2", "full", Stage.RCPT)}
    campaign_id = send()
    assert campaign(campaign_id).state == "running"
    relay.answers = {}
    work_after(pace.HOLD + timedelta(minutes=6))
    assert states(campaign_id) == {"sent": 2}
    assert campaign(campaign_id).state == "finished"


def test_a_mail_without_an_answer_is_not_sent_again(subscribe, send, relay):
    subscribe(1)
    relay.answers = {FIRST: Outcome(Kind.UNCERTAIN, "4.4.2", "lost", Stage.FINAL)}
    campaign_id = send()
    relay.answers = {}
    work_after(timedelta(hours=2))
    assert relay.taken == []
    assert states(campaign_id) == {"uncertain": 1}


def test_a_stopped_campaign_keeps_the_rest(subscribe, begin, relay):
    subscribe(3)
    campaign_id = begin()
    with transaction():
        pipeline.stop(campaign_id, "account:1", now())
    jobs.send_batches()
    assert states(campaign_id) == {"withheld": 3}


def test_a_campaign_of_any_size_can_be_stopped(subscribe, begin):
    subscribe(1)
    number = begin()
    with transaction():
        pipeline.stop(number, "account:1", now())
        assert statement_limit() == "0"


def test_what_was_in_flight_when_it_was_stopped_is_not_tried_again(subscribe, begin, relay):
    subscribe(1)
    campaign_id = begin()

    def stop(_envelope):
        with transaction():
            pipeline.stop(campaign_id, "account:1", now())

    full = Outcome(Kind.DEFERRED, "4.2.2", "full", Stage.RCPT)
    pipeline.send(OneByOne(stop, full), now() + jobs.TURN)
    assert states(campaign_id) == {"withheld": 1}
