"""A list, and the ways into and out of it, through the same doors as everybody."""

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.subscriptions import operations
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.queries import all_lists
from mailer.subscriptions.shown import page_form

CAMILLE = "camille@exemple.fr"


@pytest.fixture
def letter(app):
    """The list that everybody in these tests asks for; its id."""
    return make_list("La lettre")


def make_list(name: str) -> int:
    with transaction():
        data = ListData(name, "des portraits et des projets", "Une fois par mois")
        return operations.create_list(data, "account:1").id


@pytest.fixture
def other_letter(letter):
    return make_list("L’agenda de l’été")


class Postbox:
    """The mails that were written, oldest first."""

    @property
    def mails(self) -> list[OutboxMessage]:
        db.session.rollback()
        return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))

    def __len__(self):
        return len(self.mails)

    @property
    def last(self) -> OutboxMessage:
        return self.mails[-1]

    def link(self, path: str) -> str:
        """The path of the last mail's link that begins so."""
        found = re.search(rf"http://[^/\s]+(/{path}/\S+)", self.last.text)
        assert found, f"no link to /{path}"
        return found.group(1)


@pytest.fixture
def postbox(app):
    return Postbox()


@dataclass
class Person:
    """Someone at the public pages with a browser."""

    app: Flask
    browser: object

    def asks(self, address=CAMILLE, lists=("la-lettre",), **fields):
        with self.app.test_request_context():
            shown = page_form(all_lists()).digest
        return self.browser.submit(
            "/inscriptions", **{"email": address, "lists": list(lists), "shown": shown} | fields
        )

    def presses(self, path):
        return self.browser.submit(path)


@pytest.fixture
def person(app, visitor, letter):
    return Person(app, visitor)


@pytest.fixture
def subscribed(person, postbox):
    """Somebody confirmed, by the pages; the id of the subscription."""
    person.asks()
    person.presses(postbox.link("inscriptions"))
    return db.session.scalars(select(Subscription.id)).one()
