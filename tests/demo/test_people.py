"""The demo's people are invented, distinct, and the same each time."""

import pytest

from mailer.demo.people import ascii_of, invented


def test_two_thousand_people_have_two_thousand_addresses():
    people = invented(2000)
    assert len({person.email for person in people}) == 2000
    assert all(person.email.endswith("@exemple.fr") for person in people)


def test_the_same_people_come_back():
    assert invented(50) == invented(50)


@pytest.mark.parametrize(
    ("name", "written"), [("Éloïse", "eloise"), ("Brissac-Laune", "brissac-laune")]
)
def test_an_address_has_no_accent(name, written):
    assert ascii_of(name) == written
