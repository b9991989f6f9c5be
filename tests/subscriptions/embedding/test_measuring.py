"""The second box stands on every form of a list, wherever it is: law.md 9 row 15."""

import pytest
from sqlalchemy import select

from mailer.consent.tracking import Mode
from mailer.db import db, transaction
from mailer.subscriptions.embedding import operations, snippets
from mailer.subscriptions.models import Confirmation, MailingList
from mailer.subscriptions.queries import all_lists, mailing_list
from mailer.subscriptions.shown import page_form, subscription_form

SITE = "https://www.agence.fr"


@pytest.fixture
def measured(app, letter):
    """The list may be measured person by person, and stands on a site."""
    app.config["TRACKING"] = Mode.INDIVIDUAL.value
    with transaction():
        db.session.get_one(MailingList, letter).tracking = Mode.INDIVIDUAL
        operations.declare(letter, [SITE], "account:1")
    return letter


@pytest.fixture
def form(visitor, measured):
    """What the component would post, the second box left alone."""
    shown = visitor.get("/integration/la-lettre.json", headers={"Origin": SITE}).json
    return {"email": "camille@exemple.fr", "lists": "la-lettre", **shown["fields"]}


def post(visitor, form):
    headers = {"Origin": SITE, "Accept": "application/json"}
    return visitor.post("/integration/la-lettre", data=form, headers=headers)


def agreed():
    db.session.rollback()
    return [link.agreed for link in db.session.scalars(select(Confirmation))]


def test_the_component_draws_the_box_apart_and_unticked(visitor, measured):
    (box,) = visitor.get("/integration/la-lettre.json").json["optional"]

    assert (box["name"], box["checked"]) == ("measure", False)


def test_without_such_a_measure_there_is_no_box(visitor, letter):
    assert visitor.get("/integration/la-lettre.json").json["optional"] == []


def test_the_plain_form_has_the_box_unticked(app, measured):
    with app.test_request_context():
        shown = subscription_form([mailing_list(measured)])
    code = snippets.form(snippets.Place("la-lettre", "https://lettre.exemple.fr", shown))

    assert 'name="measure" value="yes"' in code
    assert "checked" not in code


@pytest.mark.parametrize("path", ["/listes/la-lettre", "/integration/la-lettre"])
def test_the_page_and_the_frame_have_the_box(visitor, measured, path):
    page = visitor.get(path).text

    assert 'name="measure"' in page
    assert " checked" not in page


@pytest.mark.parametrize(("ticked", "kept"), [({"measure": "yes"}, True), ({}, False)])
def test_what_was_ticked_elsewhere_waits_for_the_mailbox(visitor, form, ticked, kept):
    post(visitor, form | ticked)

    assert agreed() == [kept]


def test_a_form_kept_without_the_box_cannot_have_ticked_it(app, visitor, form):
    app.config["TRACKING"] = "none"
    old = visitor.get("/integration/la-lettre.json").json["fields"]
    post(visitor, form | old | {"email": "nadia@exemple.fr"})
    app.config["TRACKING"] = "individual"

    post(visitor, form | old | {"measure": "yes"})

    assert agreed() == [False, False]


def test_asking_for_the_mail_once_more_keeps_what_was_ticked(visitor, form, app):
    with app.test_request_context():
        shown = page_form(all_lists()).digest
    fields = form | {"measure": "yes", "shown": shown}
    page = visitor.submit("/listes/la-lettre", **fields)

    assert '<input type="hidden" name="measure" value="yes">' in page.text
