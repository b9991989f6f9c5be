"""On other sites as well, a list that children may want asks whether people are old enough."""

import pytest
from sqlalchemy import select

from mailer.db import db, transaction
from mailer.subscriptions.embedding import operations
from mailer.subscriptions.models import MailingList, Subscriber

SITE = "https://www.agence.fr"


@pytest.fixture
def described(visitor, letter):
    """What the component is told of a list that asks."""
    with transaction():
        db.session.get_one(MailingList, letter).asks_age = True
        operations.declare(letter, [SITE], "account:1")
    return visitor.get("/integration/la-lettre.json", headers={"Origin": SITE}).json


def test_without_the_tick_the_component_leads_to_the_page_that_explains(visitor, described):
    typed = {"email": "camille@exemple.fr", "lists": "la-lettre"} | described["fields"]
    headers = {"Accept": "application/json", "Origin": SITE}

    answer = visitor.post("/integration/la-lettre", data=typed, headers=headers)

    assert (answer.status_code, answer.json["page"]) == (422, True)
    assert db.session.scalars(select(Subscriber)).all() == []


def test_the_component_and_the_pasted_form_carry_the_box(described, staff):
    desk = staff("subscribers").get("/bureau/listes/1/integration").text

    assert [box["name"] for box in described["optional"]] == ["age"]
    assert "name=&#34;age&#34;" in desk
