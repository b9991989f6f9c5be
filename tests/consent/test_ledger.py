"""Events get their place in the ledger, and what they hold of a person is sealed."""

from datetime import UTC, datetime

import pytest
from held import held
from sqlalchemy import select, text

from mailer import chains
from mailer.clock import now
from mailer.consent import chain, operations
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.consent.keys import chain_keys
from mailer.consent.models import ConsentEvent, SubjectKey
from mailer.consent.verification import verify
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.rights import erasure

CAMILLE, NADIA = "c" * 64, "d" * 64
ADDRESS, PAGE = "camille@exemple.fr", "https://exemple.fr/actualites/phare"
SHOWN = Evidence(
    Method.WEB_FORM,
    datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    page=PAGE,
    network="192.0.2.0/24",
    address=ADDRESS,
    user_agent="Lynx/2.9",
    basis="consent",
)


def record(fingerprint=CAMILLE, evidence=SHOWN):
    with transaction():
        return operations.record(fingerprint, "list:lettre", Kind.SIGNUP_REQUESTED, evidence).id


def events():
    return db.session.scalars(select(ConsentEvent).order_by(ConsentEvent.id)).all()


def is_linked(event, before):
    hashed = chains.hash_of(chain.text_of(vars(event)), chain_keys()[event.key_id])
    return (event.id, event.prev_hash, event.hash) == (before.seq + 1, before.hash, hashed)


def test_each_event_is_linked_to_the_one_before(app):
    record()
    record(NADIA)

    first, second = events()
    assert is_linked(first, chains.START)
    assert is_linked(second, chains.Head(1, first.hash))


def test_many_at_once_stand_as_if_added_one_by_one(app):
    record()
    with transaction():
        entries = [Entry(who, "list:lettre", Kind.IMPORTED, SHOWN) for who in (CAMILLE, NADIA)]
        numbers = operations.record_many(entries)

    one, two, three = events()
    assert list(numbers) == [two.id, three.id] == [2, 3]
    assert is_linked(two, chains.Head(1, one.hash))
    assert is_linked(three, chains.Head(2, two.hash))
    assert held(NADIA)[-1]["address"] == ADDRESS


def test_no_event_is_added_for_nothing(app):
    with transaction():
        assert list(operations.record_many([])) == []

    assert events() == []


def test_what_is_taken_back_leaves_no_gap(app):
    record()
    with pytest.raises(Conflict), transaction():
        refused_after(operations.record(CAMILLE, "list:lettre", Kind.CONFIRMED, SHOWN))
    record()

    assert [event.id for event in events()] == [1, 2]


def refused_after(_event):
    raise Conflict("something else")


def test_the_hour_of_recording_is_ours_and_not_the_one_told(app):
    before = now()
    record()

    event = events()[0]
    assert event.occurred_at == SHOWN.given_at
    assert before <= event.recorded_at <= now()


def test_what_is_held_of_the_person_is_sealed_and_read_for_the_access_copy(app):
    record()

    stored = db.session.execute(text("SELECT * FROM consent_event")).one()
    assert not any(part in str(stored) for part in (ADDRESS, PAGE, "192.0.2", "Lynx"))
    copy = held(CAMILLE)[0]
    assert (copy["address"], copy["page"]) == (ADDRESS, PAGE)
    assert (copy["network"], copy["user_agent"]) == ("192.0.2.0/24", "Lynx/2.9")


def test_a_person_has_one_key_and_nobody_elses(app):
    record()
    record()
    record(NADIA)

    keys = db.session.scalars(select(SubjectKey.key).order_by(SubjectKey.fingerprint)).all()
    assert len(keys) == len(set(keys)) == 2


def test_an_event_without_anything_of_the_person_needs_no_key(app):
    record(evidence=Evidence(Method.JOB, now()))

    assert events()[0].sealed_sha256 is None
    assert db.session.scalars(select(SubjectKey)).all() == []


def test_erasing_destroys_the_key_and_the_ciphertexts_and_nothing_else(app):
    record()
    link = events()[0].hash

    with transaction():
        erasure.erase(CAMILLE, now())

    event = events()[0]
    assert (event.sealed, event.trace, event.hash) == (None, None, link)
    assert is_linked(event, chains.START)
    assert db.session.get(SubjectKey, CAMILLE) is None
    assert "address" not in held(CAMILLE)[0]


def test_who_came_back_since_keeps_what_was_sealed_since(app):
    record()
    with transaction():
        erasure.erase(CAMILLE, now())

    record()

    first, *_, last = held(CAMILLE)
    assert first == {}
    assert last["address"] == ADDRESS


def test_events_alike_are_chained_like_any_other(app):
    shown = Evidence(Method.IMPORT, now(), basis="consent", origin="import:1", language="en")
    people = [f"{number:064x}" for number in range(20)]

    with transaction():
        operations.record_many([Entry(CAMILLE, "list:a", Kind.IMPORTED, shown)])
        numbers = operations.record_alike(Entry("", "list:a", Kind.IMPORTED, shown, "x"), people)

    assert list(numbers) == list(range(2, 22))
    assert verify().is_whole


def test_what_is_sealed_is_not_alike(app):
    with transaction(), pytest.raises(ValueError, match="by person"):
        operations.record_alike(Entry("", "list:a", Kind.IMPORTED, SHOWN), [CAMILLE])
