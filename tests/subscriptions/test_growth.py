"""How lists grow is counted once a day is over, and drawn by week from what was counted."""

from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy import select, update
from statements import statements

from mailer import addresses
from mailer.consent.evidence import Evidence, Method
from mailer.db import db, transaction
from mailer.subscriptions import growth, jobs, operations
from mailer.subscriptions.growth_models import ListDay
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.states import State

# A Wednesday.
AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def came(name, at, *, left=None):
    with transaction():
        shown = Evidence(Method.WEB_FORM, at)
        asked = operations.request(addresses.parse(f"{name}@exemple.fr"), [1], shown, "fr", at)
        line = asked.subscriptions[0]
        line.state, line.confirmed_at = State.ACTIVE, at
        if left:
            operations.end(line.id, "", left)


def last_weeks(at):
    return [(week.came, week.went) for week in growth.weeks(1, at)[-3:]]


def test_weeks_are_counted_once_and_this_day_as_it_stands(letter):
    came("early", AT - timedelta(days=14))
    came("left", AT - timedelta(days=7), left=AT - timedelta(days=1))
    came("today", AT)
    with time_machine.travel(AT, tick=False):
        jobs.count_growth()
        jobs.count_growth()
    with transaction():
        # What is purged later stays counted.
        db.session.execute(update(Subscription).values(confirmed_at=AT))

    counted = db.session.scalars(select(ListDay).order_by(ListDay.day)).all()
    assert len(counted) == 11 * 7 + 2
    assert [day.active for day in counted][-2:] == [None, 2]
    assert last_weeks(AT) == [(1, 0), (1, 0), (3, 1)]
    assert growth.evenings()[1].active == 2


def test_a_day_of_all_lists_is_one_statement(letter):
    with transaction():
        operations.create_list(ListData("Agenda", "des dates", "Une fois par mois"), "account:1")

    with statements() as seen, transaction():
        growth.count(AT.date() - timedelta(days=1), AT)

    assert len([each for each in seen if "list" in each]) == 1
    assert len(growth.evenings()) == 2


def test_a_desk_without_a_list_counts_nothing(app):
    jobs.count_growth()

    assert growth.evenings() == {}


def test_the_page_of_a_list_draws_its_weeks_and_says_them(staff, letter):
    came("left", AT - timedelta(days=7), left=AT - timedelta(days=1))
    came("early", AT - timedelta(days=14))
    with time_machine.travel(AT, tick=False):
        page = staff("subscribers").get(f"/bureau/listes/{letter}").text

    assert "En 12 semaines, inscriptions confirmées\u00a0: 2, départs\u00a0: 1, soit +1." in page
    assert page.count('<svg class="chart"') == 2
    assert "−1" in page


def test_the_page_of_a_new_list_says_how_it_will_grow(staff, letter):
    page = staff("subscribers").get(f"/bureau/listes/{letter}").text

    assert "Personne n’est encore arrivé ni parti." in page
