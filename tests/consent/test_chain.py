from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer import chains
from mailer.canonical import canonical
from mailer.consent import chain
from mailer.consent.evidence import Kind, Method

KEY = chains.key_of("a key")
PARIS_SUMMER = timezone(timedelta(hours=2))
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
EVENT = {
    "actor": "subject",
    "basis": "consent",
    "fingerprint": "f" * 64,
    "form_sha256": None,
    "id": 7,
    "key_id": KEY.id,
    "kind": Kind.CONFIRMED,
    "locale": "fr",
    "method": Method.CONFIRM_POST,
    "notice_sha256": "a" * 64,
    "occurred_at": datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    "origin": "confirmation:3",
    "prev_hash": "0" * 64,
    "purpose": "list:la-lettre",
    "recorded_at": datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    "sealed_sha256": "b" * 64,
    "trace_sha256": None,
    "uuid": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
}


@given(origin=TEXT, purpose=TEXT, at=st.datetimes(timezones=st.just(UTC)))
def test_the_text_is_the_canonical_json_of_the_event(origin, purpose, at):
    event = EVENT | {"origin": origin, "purpose": purpose, "occurred_at": at}

    plain = event | {name: chains.instant(event[name]) for name in ("occurred_at", "recorded_at")}
    assert chain.text_of(event) == canonical(plain)


@given(fingerprint=TEXT, number=st.integers(min_value=1), name=st.uuids(), actor=TEXT, purpose=TEXT)
def test_events_alike_have_the_text_of_each(fingerprint, number, name, actor, purpose):
    shared = EVENT | {"actor": actor, "purpose": purpose, "form_sha256": None}
    event = shared | {"fingerprint": fingerprint, "id": number, "uuid": str(name)}

    text = chain.filled(chain.form_of(shared), fingerprint, number, event["prev_hash"], str(name))

    assert text == chain.text_of(event)


def test_an_instant_has_one_text_whatever_its_zone():
    at = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)

    assert chains.instant(at) == chains.instant(at.astimezone(PARIS_SUMMER))
    assert chains.instant(at) == "2026-07-01T10:00:00.000000+00:00"


@pytest.mark.parametrize("name", chain.COVERED)
def test_each_field_counts_in_the_hash(name):
    changed = EVENT | {name: "something else"}

    assert hashed(changed) != hashed(EVENT)


def test_another_key_gives_another_hash_and_another_name():
    other = chains.key_of("another key")

    assert hashed(EVENT, other) != hashed(EVENT)
    assert other.id != KEY.id


def test_the_name_of_a_key_does_not_hold_the_key():
    assert "a key" not in KEY.id
    assert len(KEY.id) == chains.KEY_ID_LENGTH


def test_a_ciphertext_that_is_gone_has_no_digest():
    assert chain.digest(None) is None
    assert chain.digest(b"") != chain.digest(b"x")


def hashed(event, key=KEY):
    return chains.hash_of(chain.text_of(event), key)
