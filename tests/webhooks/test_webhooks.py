"""Programs are told of what happens: signed, again and again, and without anybody's address."""

import json
from datetime import timedelta

import pytest
import time_machine
from api import office
from sqlalchemy import select
from statements import statements
from webhooks.receiver import SECRET, expected, receiving

from mailer import events, outgoing
from mailer.clock import now
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.events import Event, Kind
from mailer.mail.models import OutboxMessage
from mailer.subscriptions import operations as subscriptions
from mailer.webhooks import jobs, operations, queries, retrying
from mailer.webhooks.models import Telling
from mailer.webhooks.operations import EndpointData


def later(**span):
    return time_machine.travel(now() + timedelta(**span), tick=False)


def tellings():
    db.session.rollback()
    return db.session.scalars(select(Telling).order_by(Telling.id)).all()


def test_what_happened_is_told_signed_and_names_nobody(receiver, left):
    jobs.send_webhooks()

    [(headers, body)] = receiver.got
    event = db.session.scalars(select(Event)).one()
    told = json.loads(body)
    assert headers["webhook-signature"] == expected(SECRET, headers, body)
    assert headers["webhook-id"] == event.uid
    assert headers["Content-Type"] == "application/json"
    assert told["type"] == "subscription.ended"
    assert told["data"]["subscription_id"] == left
    assert b"exemple.fr" not in body
    assert [(each.state, each.status) for each in tellings()] == [("sent", 204)]


def test_nothing_is_told_of_what_did_not_come_to_be(receiver, endpoint):
    line = office.reader(office.mailing_list(), "camille@exemple.fr")
    subscriptions.end(line.id, "test", now())
    # The rest of the request failed.
    db.session.rollback()

    jobs.send_webhooks()

    assert receiver.got == []


def test_what_is_not_taken_is_tried_again_under_the_same_id(receiver, left):
    receiver.status = 500
    jobs.send_webhooks()
    jobs.send_webhooks()
    receiver.status = 200
    with later(seconds=6):
        jobs.send_webhooks()

    ids = [headers["webhook-id"] for headers, _ in receiver.got]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert [(each.state, each.attempts) for each in tellings()] == [("sent", 2)]


def test_after_three_days_it_is_given_up_and_the_administrator_is_told(staff, receiver, left):
    admin, at = staff("admin"), now()
    receiver.status = 503
    for delay in (timedelta(), *retrying.DELAYS):
        at += delay + timedelta(seconds=1)
        with time_machine.travel(at, tick=False):
            jobs.send_webhooks()

    [dead] = tellings()
    assert (dead.state, dead.attempts) == ("dead", len(retrying.DELAYS) + 1)
    mail = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert mail.subject == "Un programme n’est plus prévenu\u00a0: 127.0.0.1"
    page = admin.get(f"/bureau/webhooks/{dead.endpoint_id}").text
    assert "abandonné" in page
    assert "Arrêté depuis" in page

    receiver.status = 200
    admin.submit(f"/bureau/webhooks/{dead.endpoint_id}/reprise")
    admin.submit(f"/bureau/webhooks/envois/{dead.id}/renvoi")
    jobs.send_webhooks()
    assert [each.state for each in tellings()] == ["sent"]
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1


def test_who_says_that_nobody_listens_is_left_alone_at_once(receiver, left, endpoint):
    receiver.status = 410
    jobs.send_webhooks()

    assert queries.endpoint(endpoint).disabled_at is not None
    [dead] = tellings()
    assert dead.state == "dead"
    with pytest.raises(Conflict):
        operations.resend(dead.id, "account:1", now())


def test_while_a_secret_is_replaced_both_sign(receiver, left, endpoint):
    with transaction():
        fresh = operations.rotate(endpoint, "account:1", now())
    jobs.send_webhooks()
    with transaction(), later(days=2):
        operations.resend(tellings()[0].id, "account:1", now())
    with later(days=2, minutes=1):
        jobs.send_webhooks()

    (first, body), (second, again) = receiver.got
    both = first["webhook-signature"].split()
    assert both == [expected(fresh, first, body), expected(SECRET, first, body)]
    assert second["webhook-signature"] == expected(fresh, second, again)


def test_an_address_of_our_own_network_is_never_asked(app, receiver, left):
    app.config["OUTGOING_ALLOWED_NETWORKS"] = []
    jobs.send_webhooks()

    assert receiver.got == []
    assert [each.failure for each in tellings()] == ["refused-address"]


def test_the_lease_outlasts_a_request(app):
    assert outgoing.configured().deadline < jobs.LEASE


def test_two_workers_tell_a_program_one_thing_at_a_time(app, receiver, left, endpoint):
    told = []

    def another_worker():
        with app.app_context():
            jobs.send_webhooks()
        told.append(len(receiver.got))

    receiver.meanwhile = another_worker
    with transaction():
        operations.test(endpoint, "account:1", now())
    jobs.send_webhooks()

    assert told == [1]
    assert len(receiver.got) == 2


def test_who_comes_back_after_the_lease_changes_nothing_that_another_noted(app, receiver, left):
    def another_worker():
        with app.app_context(), later(minutes=2):
            jobs.send_webhooks()
        receiver.status = 500

    receiver.meanwhile = another_worker
    jobs.send_webhooks()

    assert len(receiver.got) == 2
    assert [(each.state, each.attempts) for each in tellings()] == [("sent", 1)]


def test_one_message_that_is_refused_for_days_switches_nobody_off(receiver, left, endpoint):
    receiver.status, at = 500, now()
    for delay in (timedelta(), *retrying.DELAYS):
        at += delay + timedelta(seconds=1)
        with time_machine.travel(at, tick=False):
            receiver.status = 500
            jobs.send_webhooks()
            receiver.status = 200
            with transaction():
                operations.test(endpoint, "account:1", now())
            jobs.send_webhooks()

    assert [each.state for each in tellings()] == ["dead"] + ["sent"] * (len(retrying.DELAYS) + 1)
    assert queries.endpoint(endpoint).disabled_at is None


def test_a_silent_program_is_asked_once_in_a_while_and_holds_up_no_other(receiver, left, endpoint):
    with receiving() as silent:
        silent.status = 503
        with transaction():
            row = operations.add(EndpointData(silent.url, []), SECRET, "account:1", now())
            row.created_at -= timedelta(minutes=1)
            for _ in range(5):
                events.happened(Kind.CAMPAIGN_STARTED, campaign_id=1)
        jobs.send_webhooks()

        assert len(silent.got) == 1
    assert len(receiver.got) == 6


def test_at_its_new_address_a_program_is_told_at_once(receiver, left, endpoint):
    receiver.status = 500
    jobs.send_webhooks()
    with receiving() as moved:
        with transaction():
            operations.change(queries.held(endpoint), EndpointData(moved.url, []), "account:1")
            events.happened(Kind.CAMPAIGN_STARTED, campaign_id=1)
        jobs.send_webhooks()

        assert len(moved.got) == 1
    assert queries.endpoint(endpoint).failing_since is None


def test_however_many_programs_listen_each_thing_is_asked_once(receiver, left):
    with transaction():
        for _ in range(4):
            row = operations.add(EndpointData(receiver.url, []), SECRET, "account:1", now())
            row.created_at -= timedelta(minutes=1)

    with statements() as seen, transaction():
        operations.note_whom_to_tell(now())

    assert len(tellings()) == 5
    assert sum("FROM webhook_endpoint" in each for each in seen) == 1
    assert sum("INSERT INTO webhook_telling" in each for each in seen) == 1
