"""Requests that services really sent, with what they mean (BSD-3-Clause, django-anymail)."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from posting import basic, sendgrid_headers
from sqlalchemy import func, select

from mailer.bounces.models import ProviderEvent, RefusedRequest
from mailer.bounces.providers import PROVIDERS
from mailer.bounces.providers.meaning import returned
from mailer.bounces.providers.told import Posted
from mailer.db import db
from mailer.errors import Invalid

OUTSIDE = Path(__file__).parents[3] / "shared" / "corpora" / "webhooks" / "webhooks.json"
NAMES = {"amazon_ses": "ses"}
TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"
# Refused for what they lack, where all others are sent with the login.
ABOUT_LOGIN = "AnymailWebhookValidationFailure"


def cases():
    """Those of the services that are read here."""
    if not OUTSIDE.is_file():
        return []
    found = json.loads(OUTSIDE.read_text(encoding="utf-8"))
    return [(NAMES.get(c["esp"], c["esp"]), c) for c in found if named(c) in PROVIDERS]


def named(case):
    return NAMES.get(case["esp"], case["esp"])


ALL = cases()
ACCEPTED = [(name, case) for name, case in ALL if case["expected"] == "accept"]
REFUSED = [(name, case) for name, case in ALL if case["expected"] != "accept"]
absent = pytest.mark.skipif(not ALL, reason=f"{OUTSIDE} is absent: no request of services to read")


def label(value):
    return value["id"].partition(".")[2] if isinstance(value, dict) else value


def posted(case):
    form = {name: values[0] for name, values in (case["form"] or {}).items()}
    headers = {name.lower(): value for name, value in case["headers"].items()}
    return Posted(case["body"].encode(), headers, form)


def instant(text):
    return datetime.fromisoformat(text) if text else None


def as_expected(event):
    return (
        event["event_type"],
        event["recipient"] or "",
        event["reject_reason"],
        instant(event["timestamp"]),
        event["message_id"] or "",
    )


@absent
@pytest.mark.parametrize(("name", "case"), ACCEPTED, ids=label)
def test_a_request_means_what_it_meant_to_others(name, case):
    told = PROVIDERS[name](posted(case))
    assert [
        (each.event, each.recipient, each.refusal, each.at, each.message_id) for each in told
    ] == [as_expected(event) for event in case["events"]]


@absent
@pytest.mark.parametrize(
    ("name", "case"), [c for c in REFUSED if ABOUT_LOGIN not in c[1]["expected"]], ids=label
)
def test_a_mail_that_came_in_is_no_event(name, case):
    with pytest.raises(Invalid):
        PROVIDERS[name](posted(case))


def signed_then(case):
    """The hour at which the service signed the request."""
    if case["esp"] != "mailgun":
        return datetime(2026, 11, 2, 9, tzinfo=UTC)
    form, body = case["form"], case["body"]
    said = form["timestamp"][0] if form else json.loads(body)["signature"]["timestamp"]
    return datetime.fromtimestamp(int(said), UTC)


def headers_of(name, case):
    headers = case["headers"] | basic()
    if name == "sendgrid":
        # The key of the recorded signatures was thrown away: signed anew.
        headers |= sendgrid_headers(headers.get(TIMESTAMP, "1793610000"), case["body"].encode())
    return headers


def send(visitor, name, case, headers):
    body = case["body"]
    return visitor.post(f"/retours/{name}", data=body.encode(), headers=headers)


@absent
@pytest.mark.usefixtures("signed_hooks", "amazon")
def test_every_accepted_request_is_taken_and_counts_once(visitor):
    for name, case in ACCEPTED:
        concern = [told for told in PROVIDERS[name](posted(case)) if returned(told)]
        before = kept()
        with time_machine.travel(signed_then(case), tick=False):
            answers = [
                send(visitor, name, case, headers_of(name, case)).status_code for _ in range(2)
            ]
        assert answers == [200, 200], case["id"]
        assert kept() - before <= len(concern), case["id"]
    assert kept() == db.session.scalar(
        select(func.count()).select_from(
            select(ProviderEvent.provider, ProviderEvent.event_id).distinct().subquery()
        )
    )


@absent
@pytest.mark.usefixtures("signed_hooks", "amazon")
def test_every_refused_request_is_refused_and_leaves_nothing(visitor):
    for name, case in REFUSED:
        is_about_login = ABOUT_LOGIN in case["expected"]
        headers = case["headers"] | ({} if is_about_login else basic())
        if name == "sendgrid" and not is_about_login:
            headers = headers_of(name, case)
        with time_machine.travel(datetime(2009, 2, 13, 23, 31, 30, tzinfo=UTC), tick=False):
            answer = send(visitor, name, case, headers)
        assert answer.status_code == (401 if is_about_login else 400), case["id"]
    assert kept() == 0
    assert db.session.scalar(select(func.sum(RefusedRequest.number))) == len(
        [case for _, case in REFUSED if ABOUT_LOGIN in case["expected"]]
    )


def kept():
    return db.session.scalar(select(func.count()).select_from(ProviderEvent))
