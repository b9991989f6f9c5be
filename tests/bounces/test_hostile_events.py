"""Whatever is posted is taken, refused or not understood: nothing breaks."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from posting import basic, mailgun_signature

from mailer.bounces import receiving
from mailer.bounces.providers import PROVIDERS
from mailer.bounces.providers.meaning import returned
from mailer.bounces.providers.told import Posted
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Invalid

# The words that lead into the readers, so that chance does not stop at the door.
VALUES = (
    "Bounce Complaint Delivery DeliveryDelay Subscription Notification bounce blocked dropped "
    "deferred failed permanent temporary hard_bounce soft_bounce sent spam delivered out_of_band "
    "HardBounce SubscriptionChange 10 60 90 5.1.1 alix@exemple.fr 1793610000 2026-11-02T09:00:00Z "
    "<c1.r1.0123456789abcdef@rebond.exemple.fr> nan inf 1e400"
)
FIELDS = (
    "Type Message MessageId eventType bounce complaint delivery mail headers destination "
    "bouncedRecipients emailAddress status diagnosticCode tags commonHeaders event email reason "
    "timestamp sg_event_id smtp-id event-data signature token severity message recipient envelope "
    "delivery-status user-variables RecordType ID MessageID Email BouncedAt Metadata ts_epoch "
    "message-id X-Mailin-custom time error hard_bounce CustomID Payload msys message_event type "
    "bounce_class rcpt_meta raw_rcpt_to raw_reason msg_from mailer_id name value"
)
WORDS = st.sampled_from(VALUES.split())
NAMES = st.sampled_from(FIELDS.split())
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=8)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=25,
)
BODIES = JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=200)
ENVELOPES = {
    "ses": lambda said: {"Type": "Notification", "MessageId": "m", "Message": json.dumps(said)},
    "mailgun": lambda said: {"event-data": said, "signature": mailgun_signature("1793610000")},
    "sparkpost": lambda said: [{"msys": {"message_event": said}}],
}
FORMS = st.dictionaries(NAMES | st.just("message-headers"), WORDS | st.text(max_size=20))
DEEP = (b"[" * 200_000, b'{"a":' * 200_000, b"[" * 200_000 + b"]" * 200_000)


@pytest.mark.parametrize("provider", PROVIDERS)
@given(body=BODIES, form=st.just({}) | FORMS)
@settings(max_examples=300, deadline=None)
def test_any_request_is_read_or_not_understood(provider, body, form):
    try:
        told = PROVIDERS[provider](Posted(body, {}, form))
    except Invalid:
        return
    assert all(each is None or each.message_id is not None for each in map(returned, told))


@pytest.mark.parametrize("provider", PROVIDERS)
@given(said=st.dictionaries(NAMES, JSON, max_size=8))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_was_read_can_be_stored(app, provider, said):
    body = json.dumps(ENVELOPES.get(provider, lambda same: same)(said)).encode()
    try:
        told = PROVIDERS[provider](Posted(body, {}))
    except Invalid:
        return
    with transaction():
        receiving.note(provider, told, now())
    with transaction():
        assert receiving.note(provider, told, now()) == 0


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_is_too_deep_is_not_understood(hooks, amazon, visitor, provider):
    for body in DEEP:
        answer = visitor.post(
            f"/retours/{provider}",
            data=body,
            headers=basic() | {"Content-Type": "application/json"},
        )
        assert answer.status_code == 400


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data", "x/y;;="]
)
@pytest.mark.parametrize("headers", [{}, basic()])
def test_ten_megabytes_are_the_most(hooks, visitor, kind, headers):
    answer = visitor.post(
        "/retours/brevo", data=b" " * 10_000_001, headers=headers | {"Content-Type": kind}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=x", "application/json", ""]
)
@pytest.mark.parametrize(
    "body", [b"", b"\0", b"--x\r\n\r\n\0", b"\xff\xfe", b'"\\ud800"', b"a=%00"]
)
def test_a_request_that_is_no_event_is_refused_quietly(hooks, amazon, visitor, kind, body):
    for provider in PROVIDERS:
        answer = visitor.post(
            f"/retours/{provider}", data=body, headers=basic() | {"Content-Type": kind}
        )
        assert answer.status_code == 400


def test_only_posts_are_taken(hooks, visitor):
    assert visitor.get("/retours/brevo", headers=basic()).status_code == 405
    assert visitor.put("/retours/brevo", headers=basic()).status_code == 405


def test_no_word_of_a_person_is_logged(hooks, visitor, capfd):
    said = {"event": "hard_bounce", "email": "alix.moreau@exemple.fr", "reason": "550 alix.moreau"}
    assert visitor.post("/retours/brevo", json=said, headers=basic()).status_code == 200
    assert visitor.post("/retours/brevo", json=said).status_code == 401
    assert visitor.post("/retours/brevo", json=[said, 3], headers=basic()).status_code == 400
    written = "".join(capfd.readouterr())
    assert "webhook.taken" in written
    assert "moreau" not in written
    assert "mot de passe" not in written
