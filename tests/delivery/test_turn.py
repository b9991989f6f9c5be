"""A turn claims ahead by little, commits as it goes, and ends when it is told to."""

from datetime import timedelta
from time import sleep

import pytest
import time_machine
from delivery.carriers import OneByOne
from delivery.looks import campaign, states

from mailer import shutdown
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import transaction
from mailer.delivery import campaigns, jobs, pace, pipeline
from mailer.delivery.group import LONGEST_SECONDS
from mailer.mail.outcome import Kind, Outcome, Stage


def send(meanwhile, *outcome):
    """One turn over a relay at which something happens; the people it took a mail for."""
    carrier = OneByOne(meanwhile, *outcome)
    pipeline.send(carrier, now() + jobs.TURN)
    return carrier.taken


def test_who_objects_is_handed_over_no_more_once_the_claim_is_old(subscribe, begin):
    subscribe(3)
    campaign_id = begin()

    def object_and_wait(envelope):
        if envelope.recipient == "p1@exemple.fr":
            with transaction():
                consent.suppress("fingerprint of p3@exemple.fr", Reason.OBJECTION, now(), "case:1")
            clock.shift(pace.FRESH + timedelta(seconds=1))

    with time_machine.travel(now(), tick=True) as clock:
        assert send(object_and_wait) == ["p1@exemple.fr", "p2@exemple.fr"]
    assert states(campaign_id) == {"sent": 2, "withheld": 1}


def test_answers_are_committed_while_the_turn_goes_on(subscribe, begin):
    subscribe(3)
    campaign_id = begin()
    seen = []

    def look(_envelope):
        seen.append(states(campaign_id).get("sent", 0))
        sleep(1.5 * LONGEST_SECONDS)

    send(look)
    assert seen == [0, 1, 2]


def test_what_has_not_left_when_the_process_is_to_end_is_given_back(app, subscribe, begin):
    subscribe(4)
    campaign_id = begin()
    assert send(lambda _envelope: shutdown.request(app)) == ["p1@exemple.fr"]
    assert states(campaign_id) == {"sent": 1, "queued": 3}


def test_a_turn_ends_at_its_hour(subscribe, begin):
    subscribe(2)
    campaign_id = begin()
    pipeline.send(OneByOne(lambda _envelope: None), now())
    assert states(campaign_id) == {"queued": 2}


def test_a_fault_of_ours_stops_the_campaign_at_the_first_answer(subscribe, begin):
    subscribe(3)
    campaign_id = begin()
    refusal = Outcome(Kind.REJECTED, "5.7.26", "no", Stage.FINAL)
    assert send(lambda _envelope: None, refusal) == ["p1@exemple.fr"]
    assert states(campaign_id) == {"queued": 3}
    assert campaign(campaign_id).state == "failed"


def test_a_campaign_that_begins_meanwhile_is_not_kept_waiting(
    subscribe, begin, write, list_id, order
):
    subscribe(2)
    first = begin()
    with transaction():
        second = campaigns.schedule(
            campaigns.Order(write("Marée"), list_id, 1, now(), order.account_id), now() - pace.HOLD
        ).id

    def start_another(_envelope):
        with transaction():
            pipeline.start(second, now())
        clock.shift(timedelta(seconds=2))

    with time_machine.travel(now(), tick=True) as clock:
        assert len(send(start_another)) == 4
    assert (states(first), states(second)) == ({"sent": 2}, {"sent": 2})


def test_a_pause_is_obeyed_within_the_batch(subscribe, begin):
    subscribe(3)
    campaign_id = begin()

    def pause(_envelope):
        with transaction():
            campaigns.pause(campaign_id, "account:1")
        clock.shift(timedelta(seconds=1))

    with time_machine.travel(now(), tick=True) as clock:
        assert send(pause) == ["p1@exemple.fr"]
    assert states(campaign_id) == {"sent": 1, "queued": 2}


def test_an_address_that_no_header_can_hold_fails_alone(subscribe, begin):
    subscribe(2)
    subscribe(1, domain="exemple.fr\u2028x")
    campaign_id = begin()
    assert send(lambda _envelope: None) == ["p1@exemple.fr", "p2@exemple.fr"]
    assert states(campaign_id) == {"sent": 2, "failed": 1}


REFUSED = Outcome(Kind.REJECTED, "5.7.1", "not from outside", Stage.RCPT)


def test_one_who_is_refused_by_a_policy_stops_nobody_else(subscribe, begin, relay):
    subscribe(4)
    campaign_id = begin()
    relay.answers = {"p2@exemple.fr": REFUSED}
    jobs.send_batches()
    assert states(campaign_id) == {"sent": 3, "failed": 1}
    assert campaign(campaign_id).state == "finished"


@pytest.mark.parametrize("people", [1, 20])
def test_a_policy_that_refuses_everybody_is_our_fault_and_blames_nobody(
    subscribe, begin, relay, people
):
    subscribe(people)
    campaign_id = begin()
    relay.answers = {f"p{n}@exemple.fr": REFUSED for n in range(1, people + 1)}
    jobs.send_batches()
    assert states(campaign_id) == {"queued": people}
    assert campaign(campaign_id).state == "failed"


def test_a_policy_that_begins_to_refuse_is_noticed_after_a_few(subscribe, begin, relay):
    subscribe(20)
    campaign_id = begin()
    relay.answers = {f"p{n}@exemple.fr": REFUSED for n in range(4, 21)}
    jobs.send_batches()
    assert states(campaign_id) == {"sent": 3, "queued": 17}
    assert campaign(campaign_id).state == "failed"
