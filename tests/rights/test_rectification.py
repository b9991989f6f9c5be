"""An address corrected: in every table that uses it, and nowhere else."""

import pytest
from sqlalchemy import select

from mailer import addresses
from mailer.db import db, transaction
from mailer.subscriptions import personal_data
from mailer.subscriptions.models import Subscriber

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


def test_another_way_of_writing_the_same_address_is_taken(rectify):
    assert rectify("Lea@exemple.fr") == 1
    assert db.session.scalars(select(Subscriber.address)).one() == "Lea@exemple.fr"


def test_a_request_keeps_the_address_in_which_it_was_made(ask, case, rectify):
    ask("access", address="lea@exemple.fr")
    rectify(NEW)
    assert case().address == "lea@exemple.fr"
