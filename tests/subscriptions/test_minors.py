"""A list that children may want asks whether people are old enough; under that, nothing is kept."""

import json

import pytest
from sqlalchemy import func, select

from mailer import rulebook
from mailer.consent.models import FormSnapshot
from mailer.db import Base, db, transaction
from mailer.subscriptions.embedding import operations as embedding
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.queries import all_lists
from mailer.subscriptions.shown import page_form, subscription_form
from mailer.web.counters import Counter

SITE = "https://www.agence.fr"
CAMILLE = "camille@exemple.fr"
JSON = {"Accept": "application/json", "Origin": SITE}
PLAIN = {"Accept": "text/html", "Origin": SITE}


@pytest.fixture
def asking(letter):
    """The letter asks for the age, and a site has its form."""
    with transaction():
        db.session.get_one(MailingList, letter).asks_age = True
        embedding.declare(letter, [SITE], "account:1")


@pytest.fixture
def typed(app, asking):
    """What somebody sends who ticked the letter, and not that they are old enough."""
    with app.test_request_context():
        shown = page_form(all_lists())
    digests = {"shown": shown.digest, "notice": shown.short.sha256, "locale": "fr"}
    return {"email": CAMILLE, "lists": "la-lettre"} | digests


@pytest.fixture
def pasted(typed, app, asking):
    """The same from a form in a page of another site, which keeps its box."""
    with app.test_request_context():
        return typed | {"shown": subscription_form(all_lists()).digest}


def rows():
    """How many rows each table holds; what is counted of a network names nobody."""
    db.session.rollback()
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
        if table is not Counter.__table__
    }


def test_no_list_asks_for_the_age_unless_it_was_decided(visitor, letter):
    assert 'name="age"' not in visitor.get("/").text


@pytest.mark.parametrize("path", ["/", "/listes/la-lettre", "/integration/la-lettre"])
def test_the_box_stands_unticked_on_each_form(visitor, asking, path):
    page = visitor.get(path).text

    assert f"J’ai {rulebook.load().figures.minor_age.value} ans ou plus" in page
    assert 'name="age"' in page
    assert " checked" not in page


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/inscriptions", {}),
        ("/listes/la-lettre", {}),
        ("/integration/la-lettre/inscription", {}),
        ("/integration/la-lettre", PLAIN),
    ],
)
def test_without_the_tick_a_page_says_what_to_do_and_nothing_is_kept(visitor, typed, path, headers):
    before = rows()

    answer = visitor.post(path, data=typed | visitor.tokens(), headers=headers)

    assert answer.status_code == 422
    assert "il faut l’accord d’un parent" in answer.text
    assert "dpo@exemple.fr" in answer.text
    assert rows() == before


@pytest.mark.parametrize("headers", [JSON, PLAIN])
def test_with_the_tick_another_site_signs_up_as_ever(visitor, pasted, postbox, headers):
    answer = visitor.post("/integration/la-lettre", data=pasted | {"age": "yes"}, headers=headers)

    assert answer.status_code == 200
    assert postbox.last.recipient == CAMILLE


def test_with_the_tick_the_proof_shows_the_box(visitor, typed, postbox):
    visitor.submit("/inscriptions", **typed, age="yes")

    kept = json.loads(db.session.scalars(select(FormSnapshot.content)).one())
    assert postbox.last.recipient == CAMILLE
    assert [(box["label"], box["checked"]) for box in kept["required"]] == [
        ("J’ai 15 ans ou plus", False)
    ]


def test_a_list_that_does_not_ask_takes_whoever_ticks_nothing(visitor, asking, other_letter, app):
    with app.test_request_context():
        digest = page_form(all_lists()).digest
    page = visitor.get("/").text
    answer = visitor.submit(
        "/inscriptions", email=CAMILLE, lists=["l-agenda-de-l-ete"], shown=digest
    )

    assert "Demandé pour\u00a0: La lettre." in page
    assert answer.status_code == 200
