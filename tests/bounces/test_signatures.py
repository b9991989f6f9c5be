"""Each service shows all that it was given; what is missing, old or forged does not get in."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from posting import LOGIN, MAILGUN_KEYS, basic, mailgun_signature, sendgrid_headers, sendgrid_key

from mailer.bounces.admission import Secrets, may_tell, sorted_out
from mailer.bounces.providers import PROVIDERS
from mailer.bounces.providers.told import Posted

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
NOW = str(int(AT.timestamp()))
TOKEN = "un jeton assez long"


def posted(body=b"[]", **headers):
    return Posted(body, {name.replace("_", "-").lower(): v for name, v in headers.items()})


def told_by(provider, request, *secrets, at=AT):
    return may_tell(provider, request, sorted_out(secrets), at)


def sendgrid(body=b"[]", timestamp=NOW, **key):
    headers = sendgrid_headers(timestamp, body, **key)
    return Posted(body, {name.lower(): value for name, value in headers.items()})


def mailgun(timestamp=NOW, **signed):
    said = {"event-data": {}, "signature": mailgun_signature(timestamp, **signed)}
    return posted(json.dumps(said).encode())


@pytest.mark.parametrize("provider", PROVIDERS)
def test_nobody_gets_in_where_nothing_was_agreed(provider):
    assert not told_by(provider, posted(**basic()))


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_login_lets_in(provider):
    assert told_by(provider, posted(**basic()), LOGIN)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    "authorization",
    ["", "Basic", "Basic ", "Basic %%%", "Basic " + "A" * 5, f"Bearer {LOGIN}", "Basic bMOpYQ=="],
)
def test_another_login_does_not(provider, authorization):
    assert not told_by(provider, posted(Authorization=authorization), LOGIN)


def test_an_old_login_holds_beside_a_new_one():
    both = ("retours:celui qui arrive", LOGIN)
    assert told_by("postmark", posted(**basic()), *both)
    assert told_by("postmark", posted(**basic(both[0])), *both)


@pytest.mark.parametrize("provider", ["postmark", "brevo", "mailjet", "sparkpost", "ses"])
def test_a_token_lets_in(provider):
    assert told_by(provider, posted(Authorization=f"Bearer {TOKEN}"), TOKEN)
    assert not told_by(provider, posted(Authorization="Bearer un autre"), TOKEN)


def test_the_signature_of_sendgrid_lets_in():
    assert told_by("sendgrid", sendgrid(), sendgrid_key())


def test_the_same_signature_under_another_body_does_not():
    assert not told_by("sendgrid", replace(sendgrid(), body=b"[{}]"), sendgrid_key())


def test_the_key_of_another_account_of_sendgrid_does_not():
    other = ec.generate_private_key(ec.SECP256R1())
    assert not told_by("sendgrid", sendgrid(key=other), sendgrid_key())


def test_what_is_no_key_lets_nobody_in():
    assert not told_by("sendgrid", sendgrid(), "this is no public key")


@pytest.mark.parametrize("request_of", [sendgrid, mailgun])
@pytest.mark.parametrize(("hours", "gets_in"), [(0, True), (23, True), (25, False), (-25, False)])
def test_a_signature_ages(request_of, hours, gets_in):
    provider = request_of.__name__
    key = sendgrid_key() if provider == "sendgrid" else MAILGUN_KEYS[0]
    assert told_by(provider, request_of(), key, at=AT + timedelta(hours=hours)) is gets_in


def test_the_signature_of_mailgun_lets_in():
    assert told_by("mailgun", mailgun(), *MAILGUN_KEYS)
    assert told_by("mailgun", mailgun(key=MAILGUN_KEYS[1]), *MAILGUN_KEYS)


def test_the_old_forms_of_mailgun_are_signed_too():
    signed = replace(posted(b""), form=mailgun_signature(NOW) | {"event": "delivered"})
    assert told_by("mailgun", signed, *MAILGUN_KEYS)
    assert not told_by("mailgun", replace(signed, form=signed.form | {"token": "x"}), *MAILGUN_KEYS)


def test_a_time_of_another_length_is_refused_for_its_digits_could_move():
    assert not told_by("mailgun", mailgun(timestamp=NOW + "0", token="1"), MAILGUN_KEYS[0])
    assert not told_by("mailgun", mailgun(timestamp=f"{NOW}.0"), MAILGUN_KEYS[0])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"signature": 3}', b'{"signature": null}'])
def test_a_request_without_a_signature_does_not_get_in(body):
    assert not told_by("mailgun", posted(body), MAILGUN_KEYS[0])


def test_with_a_login_and_a_key_both_are_asked_for():
    key = sendgrid_key()
    signed = sendgrid()
    assert not told_by("sendgrid", signed, LOGIN, key)
    assert not told_by("sendgrid", posted(**basic()), LOGIN, key)
    whole = replace(signed, headers=signed.headers | {"authorization": basic()["Authorization"]})
    assert told_by("sendgrid", whole, LOGIN, key)


def test_secrets_are_sorted_by_their_form():
    topic = "arn:aws:sns:eu-west-3:123456789012:retours"
    assert sorted_out([LOGIN, topic, TOKEN]) == Secrets((LOGIN,), (TOKEN,), (topic,))
