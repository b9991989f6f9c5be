"""Fifty at once: every event gets a place of its own, and no place stays empty."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from mailer.addresses import parse
from mailer.clock import now
from mailer.consent import anchors, operations, verification
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.consent.models import ConsentEvent, Reason
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import Subscription

WRITERS = 50


@pytest.fixture
def at_once(app):
    """Run it fifty times at the same instant, each in a context and a transaction of its own."""
    start = Barrier(WRITERS)

    def alone(work, number):
        with app.app_context():
            start.wait()
            with transaction():
                work(number)

    def run(work):
        with ThreadPoolExecutor(WRITERS) as pool:
            return [
                done.exception() for done in [pool.submit(alone, work, n) for n in range(WRITERS)]
            ]

    return run


def numbers():
    db.session.rollback()
    return list(db.session.scalars(select(ConsentEvent.id).order_by(ConsentEvent.id)))


def test_fifty_signups_are_fifty_links_of_one_chain(at_once, app):
    with transaction():
        letter = subscriptions.create_list(ListData("La lettre", "x", "y"), "account:1").id

    def sign_up(number):
        shown = Evidence(Method.WEB_FORM, now(), address=f"p{number}@exemple.fr", page="/")
        address = parse(f"p{number}@exemple.fr")
        subscriptions.request(address, [letter], shown, "fr", now())

    assert set(at_once(sign_up)) == {None}
    assert numbers() == list(range(1, WRITERS + 1))
    assert verification.verify().is_whole


def test_who_gives_up_half_way_leaves_no_gap(at_once):
    def write(number):
        shown = Evidence(Method.JOB, now())
        operations.record(f"{number:064}", "list:lettre", Kind.CONFIRMED, shown)
        if number % 2:
            raise Conflict("half way")

    failed = [error for error in at_once(write) if error]

    assert {type(error) for error in failed} == {Conflict}
    assert numbers() == list(range(1, WRITERS - len(failed) + 1))
    assert verification.verify().is_whole


def test_the_same_person_may_do_many_things_at_once(at_once):
    """An objection, an import, an anchor and a sign-up of one person, in any order."""

    def write(number):
        who, shown = f"{number % 2:064}", Evidence(Method.STAFF, now(), address="a@exemple.fr")
        match number % 4:
            case 0:
                operations.suppress(who, Reason.OBJECTION, now(), "request:1")
            case 1:
                operations.record_many([Entry(who, "list:a", Kind.IMPORTED, shown)] * 3)
            case 2:
                anchors.drop(now())
            case 3:
                operations.record(who, "list:a", Kind.SIGNUP_REQUESTED, shown)

    assert set(at_once(write)) == {None}
    anchors.copy()
    assert numbers() == list(range(1, len(numbers()) + 1))
    assert verification.verify().is_whole


def test_leaving_and_objecting_at_once_do_not_wait_for_each_other_for_ever(at_once, app):
    with transaction():
        letter = subscriptions.create_list(ListData("La lettre", "x", "y"), "account:1").id
        shown = Evidence(Method.WEB_FORM, now())
        subscriptions.request(parse("camille@exemple.fr"), [letter], shown, "fr", now())
        line = db.session.scalars(select(Subscription)).one()
        line_id, who = line.id, line.subscriber.fingerprint

    def leave(number):
        if number % 2:
            subscriptions.end(line_id, "", now())
        else:
            subscriptions.end_all(who, "request:1", now())
            operations.suppress(who, Reason.OBJECTION, now(), "request:1")

    assert set(at_once(leave)) == {None}
    assert verification.verify().is_whole
