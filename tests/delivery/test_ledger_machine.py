"""Whatever happens in whatever order, each person ends in one state, and nobody gets it twice."""

import itertools
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import time_machine
from delivery.ledger_world import NOT_ARRIVED, Worker
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import db, transaction
from mailer.delivery import campaigns, jobs, ledger, pace, pipeline, recovery, redelivery
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import CampaignState
from mailer.errors import Conflict
from mailer.rights import erasure
from mailer.subscriptions.models import Subscriber, Subscription

PEOPLE = 4
ENDS = {"sent", "failed", "withheld", "uncertain"}
OVER = {CampaignState.FINISHED, CampaignState.CANCELLED}
ACTOR = "account:1"
WHICH = st.integers(0, 1)
WHOM = st.integers(0, PEOPLE - 1)
SPANS = st.sampled_from([timedelta(minutes=2), timedelta(minutes=16), timedelta(hours=2)])
LAST_STEPS = 60


def seldom(**drawn):
    """A rule that mostly does nothing: whoever has left and what is over tells nothing more."""

    def decorated(does):
        def sometimes(self, chance, **values):
            if chance == 0:
                does(self, **values)

        sometimes.__name__ = does.__name__
        return rule(chance=st.integers(0, 11), **drawn)(sometimes)

    return decorated


class LedgerMachine(RuleBasedStateMachine):
    """Two workers, one campaign, four people; `arrived` is what may be in their mailboxes."""

    numbers = itertools.count(1, PEOPLE)

    def __init__(self, order, subscribe, folder):
        super().__init__()
        self.order, self.subscribe, self.folder = order, subscribe, folder
        self.at = now()
        self.workers = [Worker(folder), Worker(folder)]
        # Mails that may have arrived since the last decision to send again, by row.
        self.arrived = {}
        self.objected = set()

    @contextmanager
    def clock(self):
        with time_machine.travel(self.at, tick=False):
            yield

    @initialize()
    def freeze(self):
        with self.clock():
            self.subscribe(PEOPLE, first=next(self.numbers))
            with transaction():
                self.campaign_id = campaigns.schedule(self.order, now() - pace.HOLD).id
            jobs.start_due()
            db.session.rollback()
            found = select(Subscriber.fingerprint).order_by(Subscriber.id)
            self.people = list(db.session.scalars(found))

    @rule()
    def freeze_again(self):
        with self.clock(), transaction():
            ledger.freeze(campaigns.by_id(self.campaign_id), now())

    @rule(which=WHICH)
    def claim(self, which):
        with self.clock():
            for person in self.workers[which].claim(self.campaign_id):
                assert person.fingerprint not in self.objected

    @rule(which=WHICH)
    def leave(self, which):
        for key in self.workers[which].waiting(self.at)[:1]:
            assert not self.arrived.get(key), "it may have arrived already"
            self.arrived[key] = True
            self.workers[which].leave(key)

    @rule(which=WHICH, word=st.sampled_from(["accepted", "accepted", "later", "refused", "lost"]))
    def answer(self, which, word):
        for key in self.workers[which].in_flight()[:1]:
            self.arrived[key] = word not in NOT_ARRIVED
            self.workers[which].answer(key, word)

    @rule(which=WHICH)
    def commit(self, which):
        with self.clock():
            self.workers[which].commit(self.campaign_id)

    @rule(which=WHICH)
    def crash(self, which):
        self.workers[which].crash()
        self.workers[which] = Worker(self.folder)

    @rule()
    def recover(self):
        with self.clock():
            recovery.recover()

    @rule(span=SPANS)
    def wait(self, span):
        self.at += span
        with self.clock():
            self.look()

    def look(self):
        """What a worker does now and then: what is due again, and what is over."""
        jobs.start_due()
        with transaction():
            ledger.lose_expired(now())
            campaigns.resume_waiting(now())
            pipeline.finish_done(now())

    @seldom(whom=WHOM)
    def object(self, whom):
        with self.clock(), transaction():
            consent.suppress(self.people[whom], Reason.OBJECTION, now(), "case:1")
        self.objected.add(self.people[whom])

    @seldom(whom=WHOM)
    def erase(self, whom):
        with self.clock(), transaction():
            erasure.erase(self.people[whom], now())
        self.objected.add(self.people[whom])

    @rule()
    def pause(self):
        with self.clock(), suppress(Conflict), transaction():
            campaigns.pause(self.campaign_id, ACTOR)

    @rule()
    def resume(self):
        with self.clock(), suppress(Conflict), transaction():
            campaigns.resume(self.campaign_id, ACTOR)

    @seldom()
    def stop(self):
        with self.clock(), suppress(Conflict), transaction():
            pipeline.stop(self.campaign_id, ACTOR, now())

    @rule()
    def send_again(self):
        doubtful = [number for number, state in self.states().items() if state == "uncertain"]
        with self.clock(), suppress(Conflict), transaction():
            redelivery.repeat(self.campaign_id, ACTOR, now())
            self.arrived |= dict.fromkeys(doubtful, False)

    def states(self):
        db.session.rollback()
        found = select(Delivery.id, Delivery.state)
        return {number: state.value for number, state in db.session.execute(found)}

    @invariant()
    def each_person_has_one_row(self):
        assert len(self.states()) == PEOPLE

    def is_over(self):
        with self.clock():
            return campaigns.by_id(self.campaign_id).state in OVER

    def teardown(self):
        for worker in self.workers:
            worker.crash()
        self.workers = [Worker(self.folder)]
        with self.clock():
            recovery.recover()
        self.resume()
        for _ in range(LAST_STEPS):
            self.wait(timedelta(hours=1))
            if self.is_over():
                break
            self.claim(0)
            while self.workers[0].waiting(self.at):
                self.leave(0)
                self.answer(0, "accepted")
            self.commit(0)
        self.workers[0].stack.close()
        with self.clock():
            assert set(self.states().values()) <= ENDS
        assert self.is_over()
        forget()


def forget():
    """Leave nothing to the next run but what is never deleted."""
    with transaction():
        for model in (Delivery, Campaign, Subscription, Subscriber):
            db.session.execute(delete(model))


def test_each_person_ends_in_one_state_and_nobody_gets_it_twice(order, subscribe, app):
    run_state_machine_as_test(
        lambda: LedgerMachine(order, subscribe, Path(app.config["DATA_FOLDER"])),
        settings=settings(
            max_examples=60,
            stateful_step_count=40,
            deadline=None,
            # To make a failure smaller takes longer than a test may last.
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
