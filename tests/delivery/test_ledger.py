from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from delivery.looks import states

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import transaction
from mailer.delivery import campaigns, claims, ledger, pace
from mailer.delivery.batch import Result
from mailer.delivery.states import DeliveryEvent
from mailer.subscriptions import operations as subscriptions

OWNER = "worker"
FIRST = "fingerprint of p1@exemple.fr"


def freeze(campaign_id):
    with transaction():
        ledger.freeze(campaigns.locked(campaign_id), now())
    return sum(states(campaign_id).values())


def claim(campaign_id, size=50, at=None):
    with transaction():
        return claims.claim(campaigns.by_id(campaign_id), size, OWNER, at or now())


def record(batch, event, **answer):
    with transaction():
        results = [Result(person.delivery_id, event, **answer) for person in batch.people]
        ledger.record(OWNER, results, now())


def object_first():
    with transaction():
        consent.suppress(FIRST, Reason.OBJECTION, now(), "case:1")


def test_everyone_who_may_be_written_to_is_promised_one_mail(subscribe, scheduled):
    subscribe(3)
    object_first()
    assert freeze(scheduled) == 2


def test_freezing_twice_adds_nobody(subscribe, scheduled):
    subscribe(3)
    freeze(scheduled)
    assert freeze(scheduled) == 3


def test_who_joins_after_the_freeze_waits_for_the_next_letter(subscribe, begin):
    subscribe(2)
    campaign_id = begin()
    subscribe(1, first=3)
    assert freeze(campaign_id) == 2


def test_a_claim_names_each_person_once(subscribe, begin):
    subscribe(5)
    campaign_id = begin()
    found = [claim(campaign_id, 3), claim(campaign_id, 3)]
    addresses = [person.address for batch in found for person in batch.people]
    assert sorted(addresses) == [f"p{n}@exemple.fr" for n in range(1, 6)]


def test_nothing_is_left_to_claim_after_all_were_claimed(subscribe, begin):
    subscribe(2)
    campaign_id = begin()
    claim(campaign_id)
    assert claim(campaign_id) is None


def test_claims_at_the_same_time_share_nobody(app, subscribe, begin):
    subscribe(60)
    campaign_id = begin()

    def work(_):
        with app.app_context():
            batch = claim(campaign_id, 10)
            return [person.delivery_id for person in batch.people] if batch else []

    with ThreadPoolExecutor(6) as workers:
        taken = [number for numbers in workers.map(work, range(12)) for number in numbers]
    assert len(taken) == len(set(taken))


def test_who_objects_after_the_freeze_is_withheld(subscribe, begin):
    subscribe(3)
    campaign_id = begin()
    object_first()
    assert FIRST not in [person.fingerprint for person in claim(campaign_id).people]
    assert states(campaign_id) == {"leased": 2, "withheld": 1}


def test_who_leaves_the_list_after_the_freeze_is_withheld(subscribe, begin):
    subscribe(3)
    campaign_id = begin()
    with transaction():
        subscriptions.end_all(FIRST, "case:1", now())
    claim(campaign_id)
    assert states(campaign_id) == {"leased": 2, "withheld": 1}


def test_nothing_is_claimed_from_a_campaign_that_does_not_run(subscribe, scheduled):
    subscribe(3)
    freeze(scheduled)
    assert claim(scheduled) is None


def test_a_deferred_mail_is_claimed_again_at_its_hour(subscribe, begin):
    subscribe(1)
    campaign_id = begin()
    later = now() + timedelta(minutes=5)
    record(claim(campaign_id), DeliveryEvent.DEFER, status="4.2.1", next_at=later)
    assert claim(campaign_id) is None
    assert claim(campaign_id, at=later).people[0].attempts == 1


def test_what_was_given_back_unsent_counts_as_no_attempt(subscribe, begin):
    subscribe(1)
    campaign_id = begin()
    record(claim(campaign_id), DeliveryEvent.RELEASE, next_at=now())
    assert claim(campaign_id).people[0].attempts == 0


def test_what_a_dead_worker_took_is_uncertain_and_stays_so(subscribe, begin):
    subscribe(2)
    campaign_id = begin()
    claim(campaign_id)
    with transaction():
        ledger.lose_expired(now() + pace.LEASE + timedelta(seconds=1))
    assert claim(campaign_id) is None
    assert states(campaign_id) == {"uncertain": 2}


def test_a_lease_that_lasts_is_left_to_its_worker(subscribe, begin):
    subscribe(2)
    campaign_id = begin()
    claim(campaign_id)
    with transaction():
        ledger.lose_expired(now())
    assert states(campaign_id) == {"leased": 2}


def test_a_worker_thought_dead_may_still_say_how_it_ended(subscribe, begin):
    subscribe(2)
    campaign_id = begin()
    batch = claim(campaign_id)
    with transaction():
        ledger.lose_expired(now() + pace.LEASE + timedelta(seconds=1))
    record(batch, DeliveryEvent.ACCEPT, status="2.0.0")
    assert states(campaign_id) == {"sent": 2}


def test_a_worker_thought_dead_does_not_bring_a_mail_back(subscribe, begin):
    subscribe(1)
    campaign_id = begin()
    batch = claim(campaign_id)
    with transaction():
        ledger.lose_expired(now() + pace.LEASE + timedelta(seconds=1))
    record(batch, DeliveryEvent.DEFER, status="4.2.1", next_at=now())
    assert states(campaign_id) == {"uncertain": 1}


def test_another_workers_word_about_a_batch_changes_nothing(subscribe, begin):
    subscribe(2)
    campaign_id = begin()
    batch = claim(campaign_id)
    with transaction():
        results = [Result(person.delivery_id, DeliveryEvent.ACCEPT) for person in batch.people]
        ledger.record("somebody else", results, now())
    assert states(campaign_id) == {"leased": 2}


def test_nothing_leaves_after_the_rest_is_withheld(subscribe, begin):
    subscribe(2)
    campaign_id = begin()
    with transaction():
        ledger.withhold_rest(campaign_id, now())
    assert claim(campaign_id) is None
    assert ledger.is_done(campaign_id)
