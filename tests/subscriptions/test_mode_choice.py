"""What staff choose to measure of a list: offered up to what the installation allows."""

import pytest

from mailer.consent.tracking import Mode
from mailer.db import db, transaction
from mailer.subscriptions.models import MailingList

FIELDS = {
    "name": "La lettre",
    "description": "des portraits",
    "frequency": "Une fois par mois",
    "aim": "informer",
    "basis": "consent",
}


@pytest.fixture
def colleague(staff):
    return staff("subscribers")


def chosen(letter):
    db.session.rollback()
    return db.session.get_one(MailingList, letter).tracking


def measure(letter, mode):
    with transaction():
        db.session.get_one(MailingList, letter).tracking = mode


def save(colleague, letter, **fields):
    return colleague.submit(f"/bureau/listes/{letter}", **FIELDS | fields)


def test_nothing_is_asked_where_nothing_may_be_measured(colleague, letter):
    assert 'name="tracking"' not in colleague.get(f"/bureau/listes/{letter}").text


def test_modes_up_to_that_of_the_installation_are_offered(app, colleague, letter):
    app.config["TRACKING"] = "aggregate"
    page = colleague.get(f"/bureau/listes/{letter}").text
    offered = [mode for mode in Mode if f'name="tracking" value="{mode.value}"' in page]
    assert offered == [Mode.NONE, Mode.AGGREGATE]


def test_the_choice_is_kept(app, colleague, letter):
    app.config["TRACKING"] = "individual"
    save(colleague, letter, tracking="individual")
    assert chosen(letter) is Mode.INDIVIDUAL


def test_more_than_the_installation_measures_cannot_be_chosen(app, colleague, letter):
    app.config["TRACKING"] = "aggregate"
    answer = save(colleague, letter, tracking="individual")
    assert (answer.status_code, chosen(letter)) == (422, Mode.NONE)


def test_saving_a_list_while_nothing_is_asked_keeps_its_mode(colleague, letter):
    measure(letter, Mode.INDIVIDUAL)
    save(colleague, letter, description="des projets")
    assert chosen(letter) is Mode.INDIVIDUAL
