"""The same content to the same people on the same day, by whichever letter and list."""

from dataclasses import replace
from datetime import timedelta

import pytest
from delivery.pressing import content
from statements import statements

from mailer.clock import now, paris_day
from mailer.db import db, transaction
from mailer.delivery import campaigns, similar
from mailer.delivery.similar import Wish
from mailer.newsletters.models import Issue
from mailer.subscriptions.models import MailingList, Subscriber, Subscription
from mailer.subscriptions.states import State


@pytest.fixture
def other_list(list_id):
    with transaction():
        made = MailingList(slug="dune", name="La Dune", description="Le sable", frequency="Mensuel")
        db.session.add(made)
        db.session.flush()
        return made.id


@pytest.fixture
def join(other_list):
    """`join("p1@exemple.fr")`: that person receives the other list too."""

    def joined(address):
        with transaction():
            person = db.session.scalars(
                db.select(Subscriber).where(Subscriber.address == address)
            ).one()
            mine = db.session.scalars(
                db.select(Subscription).where(Subscription.subscriber_id == person.id)
            ).one()
            db.session.add(
                Subscription(
                    list_id=other_list,
                    subscriber_id=person.id,
                    state=State.ACTIVE,
                    consent_id=mine.consent_id,
                    requested_at=now(),
                    confirmed_at=now(),
                )
            )

    return joined


@pytest.fixture
def wish(write, other_list):
    """To send a second letter of the same content to the other list, today."""
    return Wish(write(), other_list, 1, paris_day(now()))


def twins(wish):
    db.session.rollback()
    return similar.twins(wish, now())


def test_a_campaign_that_has_left_for_the_same_people_is_named(subscribe, join, wish, send):
    subscribe(3)
    join("p1@exemple.fr")
    campaign_id = send()
    (twin,) = twins(wish)
    assert (twin.campaign_id, twin.list_name, twin.people) == (campaign_id, "L’Estran", 1)


def test_one_that_is_about_to_leave_is_named(subscribe, join, wish, scheduled):
    subscribe(3)
    join("p1@exemple.fr")
    join("p2@exemple.fr")
    (twin,) = twins(wish)
    assert (twin.campaign_id, twin.people) == (scheduled, 2)


def test_nothing_is_asked_when_the_lists_share_nobody(subscribe, wish, send):
    subscribe(3)
    send()
    assert twins(wish) == []


def test_another_day_is_another_letter(subscribe, join, wish, send):
    subscribe(1)
    join("p1@exemple.fr")
    send()
    assert twins(replace(wish, day=wish.day + timedelta(days=1))) == []


def test_another_subject_is_another_letter(subscribe, join, write, wish, send):
    subscribe(1)
    join("p1@exemple.fr")
    send()
    assert twins(replace(wish, issue_id=write("Autre chose"))) == []


def test_one_that_was_cancelled_repeats_nothing(subscribe, join, wish, scheduled):
    subscribe(1)
    join("p1@exemple.fr")
    with transaction():
        campaigns.cancel(scheduled, "account:1", now())
    assert twins(wish) == []


def test_a_second_press_of_the_button_is_no_repetition(subscribe, order, scheduled):
    subscribe(1)
    assert twins(Wish(order.issue_id, order.list_id, 1, paris_day(now()))) == []


def test_it_is_one_statement_however_many_campaigns(subscribe, join, wish, order, send):
    subscribe(1)
    join("p1@exemple.fr")
    send()
    with transaction():
        for run in range(2, 6):
            campaigns.schedule(replace(order, run=run), now())
    with statements() as seen:
        found = similar.twins(wish, now())
    assert (len(found), len([one for one in seen if one.startswith("SELECT")])) == (5, 1)


def test_the_page_names_the_campaign_and_asks_for_the_box(staff, subscribe, join, wish, send):
    subscribe(1)
    join("p1@exemple.fr")
    send()
    with transaction():
        db.session.get_one(Issue, wish.issue_id).newsletter.list_id = wish.list_id
    desk, place = staff("sender"), f"/bureau/lettres/{wish.issue_id}/envoi"

    shown = {"run": 1, "when": "now", "content": content(wish.issue_id)}
    asked = desk.submit(place, **shown)

    assert asked.status_code == 422
    assert "« L’Estran »" in asked.text
    assert "1 des mêmes personnes" in asked.text
    assert desk.submit(place, again="y", **shown).status_code == 303
