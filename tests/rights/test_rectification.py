"""An address corrected: in every table that uses it, and nowhere else."""

import pytest
from sqlalchemy import select

from mailer import addresses
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions import personal_data
from mailer.subscriptions.models import MailingList, Subscriber

NEW = "lea.b@exemple.fr"


@pytest.fixture
def rectify(app, subscriber):
    fingerprint = subscriber.fingerprint

    def change(text):
        new = addresses.parse(text)
        new_print = addresses.fingerprint(new, app.config["FINGERPRINT_KEY"])
        with transaction():
            return personal_data.rectify(fingerprint, new, new_print)

    return change


def test_after_a_rectification_the_new_address_is_written_to(app, rectify):
    rectify(NEW)
    expected = addresses.fingerprint(addresses.parse(NEW), app.config["FINGERPRINT_KEY"])
    found = db.session.execute(select(Subscriber.address, Subscriber.fingerprint)).one()
    assert tuple(found) == (NEW, expected)


def test_an_address_of_somebody_else_is_not_taken_over(rectify):
    with transaction():
        wanted = db.session.scalars(select(MailingList.id)).all()
        shown = Evidence(Method.WEB_FORM, now())
        subscriptions.request(addresses.parse(NEW), wanted, shown, "fr", now())
    with pytest.raises(Conflict):
        rectify(NEW)


def test_another_way_of_writing_the_same_address_is_taken(rectify):
    assert rectify("Lea@exemple.fr") == 1
    assert db.session.scalars(select(Subscriber.address)).one() == "Lea@exemple.fr"


def test_a_request_keeps_the_address_in_which_it_was_made(ask, case, rectify):
    ask("access", address="lea@exemple.fr")
    rectify(NEW)
    assert case().address == "lea@exemple.fr"
