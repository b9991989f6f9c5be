"""Between the days that the administrator set, a letter is looked at once more."""

from datetime import date

import pytest
import time_machine
from delivery.pressing import press, words

from mailer.db import transaction
from mailer.delivery import elections
from mailer.delivery.elections import PeriodData

MARCH = {"name": "Municipales", "first_day": "2027-03-01", "last_day": "2027-03-31"}


@pytest.fixture
def admin(staff):
    return staff("admin")


@pytest.fixture
def march(app):
    from_to = (MARCH["first_day"], MARCH["last_day"])
    with transaction():
        days = map(date.fromisoformat, from_to)
        return elections.add(PeriodData("Municipales", *days), "account:1").id


def test_the_empty_page_says_what_to_do(admin):
    assert "Aucune période n’est fixée" in words(admin.get("/bureau/elections"))


def test_a_period_is_added_and_taken_away(admin):
    admin.submit("/bureau/elections", **MARCH)
    assert "Municipales" in words(admin.get("/bureau/elections"))
    asked = words(admin.get("/bureau/elections/1/suppression"))
    assert "Du 1 mars 2027 au 31 mars 2027, une lettre partira sans" in asked
    admin.submit("/bureau/elections/1/suppression")
    assert admin.get("/bureau/elections/1/suppression").status_code == 404
    assert "Municipales" not in words(admin.get("/bureau/elections"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": " "}, "Nommez l’élection"),
        ({"first_day": ""}, "Choisissez un jour"),
        ({"last_day": "2027-02-01"}, "Le dernier jour vient avant le premier"),
    ],
)
def test_a_period_that_cannot_be_is_refused_with_its_cure(admin, fields, sentence):
    page = admin.submit("/bureau/elections", **MARCH | fields)
    assert page.status_code == 422
    assert sentence in words(page)
    assert elections.periods() == []


def test_only_the_administrator_sets_them(desk):
    assert desk.get("/bureau/elections").status_code == 404


@pytest.mark.parametrize("day", ["2027-03-01", "2027-03-31"])
def test_a_letter_that_leaves_in_the_period_is_looked_at_once_more(
    desk, letter, subscribe, march, day
):
    subscribe(1)
    asked = press(desk, letter, when="later", day=day, hour="09:00")
    assert asked.status_code == 422
    assert "Code électoral, art. L. 52-1" in words(asked)
    assert "Cochez la case après avoir relu" in words(asked)
    assert press(desk, letter, when="later", day=day, hour="09:00", second="y").status_code == 303


@pytest.mark.parametrize("day", ["2027-02-28", "2027-04-01"])
def test_a_letter_that_leaves_outside_of_it_is_not(desk, letter, subscribe, march, day):
    subscribe(1)
    assert press(desk, letter, when="later", day=day, hour="09:00").status_code == 303


def test_the_page_says_it_before_the_button(desk, letter, subscribe, march):
    subscribe(1)
    with time_machine.travel("2027-03-10T08:00:00+00:00"):
        fresh = {"email": "sender@exemple.fr", "passphrase": "sept phares et une marée"}
        desk.submit("/connexion", **fresh)
        assert "Municipales" in words(desk.get(f"/bureau/lettres/{letter}/envoi"))
