"""An address of the lists, corrected."""

import pytest
from sqlalchemy import select

from mailer.addresses import fingerprint, parse
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.subscriptions import personal_data
from mailer.subscriptions.models import Subscriber


def print_of(app, address):
    return fingerprint(parse(address), app.config["FINGERPRINT_KEY"])


@pytest.fixture
def camille(app, subscribed):
    return print_of(app, "camille@exemple.fr")


def test_after_a_rectification_the_new_address_is_written_to(app, camille):
    new = parse("camille.m@exemple.fr")
    with transaction():
        personal_data.rectify(camille, new, print_of(app, new.display))

    assert db.session.scalars(select(Subscriber.address)).one() == "camille.m@exemple.fr"


def test_an_address_of_somebody_else_is_not_taken_over(app, camille, person):
    person.asks("nadia@exemple.fr")

    with pytest.raises(Conflict), transaction():
        personal_data.rectify(camille, parse("nadia@exemple.fr"), print_of(app, "nadia@exemple.fr"))
