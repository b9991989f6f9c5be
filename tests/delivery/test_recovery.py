"""A worker dies in the middle of its turn; the next one reads its journal."""

from datetime import timedelta

import pytest
from delivery.carriers import OneByOne
from delivery.looks import campaign, states
from sqlalchemy import func, select

from mailer.clock import now
from mailer.consent.models import Suppression
from mailer.db import db, transaction
from mailer.delivery import jobs, ledger, pace, pipeline, recovery
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.transports.memory import ACCEPTED

UNKNOWN = Outcome(Kind.REJECTED, "5.1.1", "nobody", Stage.RCPT)


class KilledError(BaseException):
    """Nothing is tidied up after it."""


def die_at(position, outcome=ACCEPTED):
    """A turn that ends when that mail, counted from 1, has left and no answer came."""

    def kill(_envelope):
        if len(carrier.taken) == position:
            raise KilledError

    carrier = OneByOne(kill, outcome)
    with pytest.raises(KilledError):
        pipeline.send(carrier, now() + jobs.TURN)
    return carrier


def test_only_what_was_in_flight_is_uncertain(subscribe, begin):
    subscribe(5)
    campaign_id = begin()
    die_at(3)
    recovery.recover()
    assert states(campaign_id) == {"sent": 2, "uncertain": 1, "queued": 2}


def test_the_next_turn_settles_it_and_sends_the_rest(subscribe, begin, relay):
    subscribe(5)
    campaign_id = begin()
    dead = die_at(3)
    jobs.send_batches()
    assert states(campaign_id) == {"sent": 4, "uncertain": 1}
    assert campaign(campaign_id).state == "finished"
    assert not set(dead.taken) & {envelope.recipient for envelope in relay.taken}


def test_recovering_twice_changes_nothing(subscribe, begin):
    subscribe(5)
    campaign_id = begin()
    die_at(3)
    recovery.recover()
    recovery.recover()
    assert states(campaign_id) == {"sent": 2, "uncertain": 1, "queued": 2}


def test_what_follows_from_a_refusal_follows_though_the_worker_died(subscribe, begin):
    subscribe(3)
    campaign_id = begin()
    die_at(2, UNKNOWN)
    recovery.recover()
    assert states(campaign_id) == {"failed": 1, "uncertain": 1, "queued": 1}
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 1


def test_nothing_of_a_stopped_campaign_is_queued_again(subscribe, begin):
    subscribe(5)
    campaign_id = begin()
    die_at(3)
    with transaction():
        pipeline.stop(campaign_id, "account:1", now())
    recovery.recover()
    assert states(campaign_id) == {"sent": 2, "uncertain": 1, "withheld": 2}


def test_a_journal_that_is_found_after_the_leases_ended_still_tells(subscribe, begin):
    subscribe(5)
    campaign_id = begin()
    die_at(3)
    with transaction():
        ledger.lose_expired(now() + pace.LEASE + timedelta(seconds=1))
    # What was answered may have been committed before the worker died.
    assert states(campaign_id).keys() <= {"sent", "uncertain"}
    recovery.recover()
    assert states(campaign_id) == {"sent": 2, "uncertain": 1, "queued": 2}


def test_who_never_got_it_is_served_though_the_campaign_had_ended(subscribe, begin, relay):
    subscribe(5)
    campaign_id = begin()
    die_at(3)
    with transaction():
        ledger.lose_expired(now() + pace.LEASE + timedelta(seconds=1))
        pipeline.finish_done(now())
    recovery.recover()
    jobs.start_due()
    jobs.send_batches()
    assert states(campaign_id) == {"sent": 4, "uncertain": 1}
    assert campaign(campaign_id).state == "finished"
