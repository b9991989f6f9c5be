"""A program that follows every link of a mail changes nothing (law.md 9, row 13)."""

from datetime import timedelta

import time_machine
from sqlalchemy import func, select

from mailer.clock import now
from mailer.db import db
from mailer.retention import jobs
from mailer.subscriptions.models import Confirmation, Subscriber, Subscription
from mailer.subscriptions.states import State


def states():
    db.session.rollback()
    return db.session.scalars(select(Subscription.state)).all()


def look(visitor, link):
    return [visitor.open(link, method=method).status_code for method in ("GET", "HEAD") * 3]


def test_looking_three_times_leaves_it_pending(person, postbox, visitor):
    person.asks()

    assert look(visitor, postbox.link("inscriptions")) == [200] * 6
    assert states() == [State.PENDING]


def test_a_used_link_answers_alike_however_often_and_changes_nothing(person, postbox, visitor):
    person.asks()
    link = postbox.link("inscriptions")
    person.presses(link)

    assert set(look(visitor, link)) == {409}
    assert states() == [State.ACTIVE]


def test_after_48_hours_looking_neither_confirms_nor_sends(person, postbox, visitor):
    person.asks()
    link = postbox.link("inscriptions")

    with time_machine.travel(now() + timedelta(hours=49), tick=False):
        assert look(visitor, link) == [410] * 6
        assert person.presses(link).status_code == 410

    assert states() == [State.PENDING]
    assert len(postbox) == 1


def test_after_seven_days_nothing_is_left_of_it(person, postbox, visitor):
    person.asks()
    link = postbox.link("inscriptions")

    with time_machine.travel(now() + timedelta(days=8), tick=False):
        jobs.purge()
        assert visitor.get(link).status_code == 410

    tables = (Subscriber, Subscription, Confirmation)
    assert [db.session.scalar(select(func.count()).select_from(t)) for t in tables] == [0, 0, 0]
