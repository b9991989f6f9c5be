"""The second box of the form: law.md 8.3, and 9 row 15."""

import json

import pytest
from sqlalchemy import select

from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent, FormSnapshot
from mailer.consent.tracking import Mode, What
from mailer.db import db, transaction
from mailer.subscriptions import queries
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.shown import page_form


@pytest.fixture
def measured(app, letter):
    """The list of these tests may be measured person by person."""
    app.config["TRACKING"] = Mode.INDIVIDUAL.value
    with transaction():
        db.session.get_one(MailingList, letter).tracking = Mode.INDIVIDUAL
    return letter


@pytest.fixture
def asks(person, app, measured):
    """`asks(measure="yes")`: Camille sends the form of our own page."""

    def sent(**fields):
        with app.test_request_context():
            shown = page_form(queries.all_lists()).digest
        return person.asks(shown=shown, **fields)

    return sent


@pytest.fixture
def confirms(person, postbox):
    return lambda: person.presses(postbox.link("inscriptions"))


def answers():
    """What was recorded of being measured."""
    found = select(ConsentEvent.purpose, ConsentEvent.kind).where(
        ConsentEvent.purpose.in_([what.value for what in What])
    )
    return {(purpose, kind) for purpose, kind in db.session.execute(found)}


YES = {(what.value, Kind.TRACKING_GRANTED) for what in What}


def test_the_box_stands_unticked_and_apart(visitor, measured):
    page = visitor.get("/").text
    assert 'name="measure"' in page
    assert " checked" not in page


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode is not Mode.INDIVIDUAL])
def test_nothing_is_asked_where_nobody_is_measured_alone(visitor, app, measured, mode):
    app.config["TRACKING"] = mode.value
    assert 'name="measure"' not in visitor.get("/").text


def test_a_ticked_box_counts_once_the_mailbox_has_confirmed(asks, confirms):
    asks(measure="yes")
    before = answers()
    confirms()
    assert (before, answers()) == (set(), YES)


def test_the_proof_is_the_form_that_held_the_box(asks, confirms):
    asks(measure="yes")
    confirms()
    digest = select(ConsentEvent.form_sha256).where(ConsentEvent.purpose == What.OPENS.value)
    form = select(FormSnapshot.content).where(FormSnapshot.sha256.in_(digest))
    (box,) = json.loads(db.session.scalars(form).one())["optional"]
    assert (box["checked"], "mesure" in box["label"]) == (False, True)


def test_a_box_left_alone_leaves_the_answer_unknown(asks, confirms):
    asks()
    confirms()
    assert answers() == set()


def test_a_box_that_was_not_shown_cannot_be_ticked(person, app, letter, confirms):
    person.asks(measure="yes")
    confirms()
    assert answers() == set()


def test_the_page_with_the_button_says_what_was_ticked(asks, person, postbox):
    asks(measure="yes")
    page = person.browser.get(postbox.link("inscriptions")).text
    assert "Vous avez aussi accepté" in page


def test_somebody_else_cannot_tick_the_box_of_a_link_that_is_on_its_way(asks, confirms):
    asks()
    asks(measure="yes")
    confirms()
    assert answers() == set()


def test_a_second_form_can_take_the_yes_back(asks, confirms):
    asks(measure="yes")
    asks()
    confirms()
    assert answers() == set()


def test_a_form_for_somebody_who_confirmed_already_changes_nothing(asks, confirms):
    asks()
    confirms()
    asks(measure="yes")
    assert answers() == set()


def test_asking_for_the_mail_once_more_keeps_what_was_ticked(asks):
    assert '<input type="hidden" name="measure" value="yes">' in asks(measure="yes").text


def test_the_page_of_the_button_lets_the_yes_be_taken_back(asks, person, postbox):
    asks(measure="yes")
    link = postbox.link("inscriptions")
    page = person.browser.get(link).text
    person.browser.submit(link, unmeasured="yes")
    assert 'name="unmeasured"' in page
    assert answers() == set()


def test_who_was_asked_nothing_finds_nothing_to_untick(asks, person, postbox):
    asks()
    assert 'name="unmeasured"' not in person.browser.get(postbox.link("inscriptions")).text


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "sujets vous intéressent"), ("en", "subjects interest you")]
)
def test_the_purpose_is_said_in_the_language_of_the_form(visitor, measured, language, words):
    page = visitor.get("/", headers={"Accept-Language": language}).text
    assert words in page
