from base64 import urlsafe_b64decode
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from flask import Flask

from mailer.clock import now
from mailer.errors import Expired, Invalid
from mailer.tokens import CONFIRM, MEASURE, UNSUBSCRIBE, Purpose


@pytest.fixture
def app():
    """Tokens need keys, and nothing else of the application."""
    app = Flask("tokens")
    app.config["SECRET_KEYS"] = ["first"]
    with app.app_context():
        yield app


@pytest.mark.parametrize("payload", [42, "fr", [42, "delivery:123"]])
def test_what_was_signed_is_read(app, payload):
    assert CONFIRM.read(CONFIRM.sign(payload)) == payload


@pytest.mark.parametrize("number", [1, 42, 123_456_789])
def test_many_tokens_of_one_moment_are_those_that_are_made_one_by_one(app, number):
    payload, written = [number, f"delivery:{number}"], b'[%d,"delivery:%d"]' % (number, number)
    with time_machine.travel(now(), tick=False):
        assert UNSUBSCRIBE.signer().sign(written).decode() == UNSUBSCRIBE.sign(payload)


def test_what_itsdangerous_would_compress_is_read_all_the_same(app):
    token = UNSUBSCRIBE.signer().sign(b'[1000000000,"delivery:1000000000"]').decode()
    assert UNSUBSCRIBE.read(token) == [10**9, "delivery:1000000000"]


def test_a_token_serves_one_purpose_only(app):
    with pytest.raises(Invalid):
        CONFIRM.read(UNSUBSCRIBE.sign(42))


def test_its_signature_is_of_sha_256(app):
    signature = CONFIRM.sign(42).rpartition(".")[2]

    assert len(urlsafe_b64decode(f"{signature}=")) == sha256().digest_size


def test_a_token_bent_by_one_letter_is_refused(app):
    token = CONFIRM.sign(42)

    # Not the last letter: two of its six bits say nothing, and several letters read alike.
    with pytest.raises(Invalid):
        CONFIRM.read(token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1])


@pytest.mark.parametrize("token", ["", ".", "a.b.c", "é" * 40, "x" * 10_000])
def test_what_is_no_token_is_refused(app, token):
    with pytest.raises(Invalid):
        CONFIRM.read(token)


def test_a_confirmation_lasts_48_hours(app):
    token = CONFIRM.sign(42)

    with time_machine.travel(now() + timedelta(hours=47, minutes=59)):
        assert CONFIRM.read(token) == 42
    with time_machine.travel(now() + timedelta(hours=48, seconds=2)), pytest.raises(Expired):
        CONFIRM.read(token)


def test_leaving_is_possible_for_ever(app):
    token = UNSUBSCRIBE.sign([42, ""])

    with time_machine.travel(now() + timedelta(days=3650)):
        assert UNSUBSCRIBE.read(token) == [42, ""]


def test_a_new_key_signs_and_the_old_one_still_reads(app):
    old = CONFIRM.sign(42)
    app.config["SECRET_KEYS"] = ["first", "second"]
    new = CONFIRM.sign(42)

    assert (CONFIRM.read(old), CONFIRM.read(new)) == (42, 42)
    app.config["SECRET_KEYS"] = ["second"]
    assert CONFIRM.read(new) == 42
    with pytest.raises(Invalid):
        CONFIRM.read(old)


def test_a_number_is_asked_of_a_token_that_has_none(app):
    purpose = Purpose("for-this-test", None)

    with pytest.raises(Invalid):
        purpose.read_id(purpose.sign("forty-two"))


def test_a_seal_gives_back_the_name_that_it_proves(app):
    assert MEASURE.read(MEASURE.sign("d34")) == "d34"


@pytest.mark.parametrize("token", ["", "d34", "d34-", "d35-{proof}", "d34-{proof}x", "d34-é"])
def test_a_seal_of_somebody_else_is_refused(app, token):
    proof = MEASURE.sign("d34").partition("-")[2]
    with pytest.raises(Invalid):
        MEASURE.read(token.format(proof=proof))


def test_a_seal_of_an_older_key_still_holds(app):
    old = MEASURE.sign("c1")
    app.config["SECRET_KEYS"] = [*app.config["SECRET_KEYS"], "a newer key"]
    assert MEASURE.read(old) == "c1"
    assert MEASURE.sign("c1") != old
