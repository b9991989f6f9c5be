"""A letter is told by its own name, whichever service carries it."""

import json
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from mailer.bounces import receiving
from mailer.bounces.models import ProviderEvent
from mailer.bounces.providers import PROVIDERS
from mailer.bounces.providers.told import Posted
from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import campaigns, messages
from mailer.delivery.batch import Claimed

JOINED = datetime(2024, 5, 1, 12, tzinfo=UTC)
ECHOES = ("X-Mailin-custom", "X-MJ-CustomID", "X-PM-Metadata-mailer-id", "X-MSYS-API")
GONE = {"email": "p1@exemple.fr", "Email": "p1@exemple.fr", "rcpt_to": "p1@exemple.fr"}


@pytest.fixture
def mail(order):
    """`mail(12)`: what the delivery of that number sends, parsed."""
    with transaction():
        campaign_id = campaigns.schedule(order, now()).id

    def write(number):
        person = Claimed(number, 1000 + number, "p1@exemple.fr", f"{number:064x}", 0, JOINED)
        letter = messages.prepare(campaigns.by_id(campaign_id))
        (envelope,) = letter.envelopes([person], now())
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        return parsed, envelope.return_path

    return write


def told_of(mail, path):
    """What each service would say of the mail that it got."""
    message_id = mail["Message-ID"]
    ses = {"eventType": "Complaint", "mail": {"source": path, "destination": ["p1@exemple.fr"]}}
    metadata = json.loads(mail["X-MSYS-API"])["metadata"]
    return {
        "ses": {"Type": "Notification", "MessageId": "1", "Message": json.dumps(ses)},
        "sendgrid": GONE | {"event": "spamreport", "smtp-id": message_id},
        "mailgun": {
            "event-data": {
                "event": "complained",
                "message": {"headers": {"message-id": message_id.strip("<>")}},
            }
        },
        "postmark": GONE
        | {
            "RecordType": "SpamComplaint",
            "Metadata": {"mailer-id": mail["X-PM-Metadata-mailer-id"]},
        },
        "brevo": GONE | {"event": "spam", "X-Mailin-custom": mail["X-Mailin-custom"]},
        "mailjet": GONE | {"event": "spam", "CustomID": mail["X-MJ-CustomID"]},
        "sparkpost": {
            "msys": {"message_event": GONE | {"type": "spam_complaint", "rcpt_meta": metadata}}
        },
    }


def deliveries(provider):
    rows = select(ProviderEvent.delivery_id).where(ProviderEvent.provider == provider)
    return db.session.scalars(rows).all()


def note(provider, said):
    told = PROVIDERS[provider](Posted(json.dumps(said).encode(), {}))
    with transaction():
        receiving.note(provider, told, now())


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_a_service_tells_leads_to_the_delivery(app, mail, provider):
    app.config["BOUNCE_WEBHOOKS"] = dict.fromkeys(PROVIDERS, ())
    note(provider, told_of(*mail(12))[provider])
    assert deliveries(provider) == [12]


def test_a_name_that_was_made_up_leads_to_no_delivery(app, mail):
    message, _ = mail(12)
    forged = message["Message-ID"].replace(".r12.", ".r13.")
    note("sendgrid", GONE | {"event": "spamreport", "smtp-id": forged})
    note("mailjet", GONE | {"event": "spam", "CustomID": "c999999.r12.0123456789abcdef"})
    assert deliveries("sendgrid") + deliveries("mailjet") == [None, None]


def test_a_service_that_is_not_set_up_gets_no_field(app, mail):
    app.config["BOUNCE_WEBHOOKS"] = {"postmark": ()}
    message, _ = mail(12)
    assert [name for name in ECHOES if name in message] == ["X-PM-Metadata-mailer-id"]
