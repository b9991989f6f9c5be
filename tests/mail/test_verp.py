import pytest
from flask import Flask

from mailer.errors import Invalid
from mailer.mail import verp

LARGEST = 2**63 - 1


@pytest.fixture
def house():
    """Only what a return-path is made of."""
    app = Flask("house")
    app.config.update(SECRET_KEYS=["old", "new"], RETURN_PATH_DOMAIN="rebond.exemple.fr")
    with app.app_context():
        yield app


@pytest.mark.parametrize("number", [1, 123456, LARGEST])
def test_a_bounce_is_read_back_however_its_case_was_folded(house, number):
    address = verp.return_path(number)

    assert {verp.read(address), verp.read(address.upper()), verp.read(f"<{address}>")} == {number}


def test_a_hundred_thousand_are_short_and_all_different(house):
    made = {verp.return_path(number) for number in range(LARGEST - 100_000, LARGEST)}

    assert len(made) == 100_000
    assert max(len(address.partition("@")[0]) for address in made) <= 64
    assert all(address == address.lower() for address in made)


@pytest.mark.parametrize(
    "change",
    [
        lambda a: a.replace("+12.", "+13."),
        lambda a: a.replace("@", "0@"),
        lambda a: a.replace("exemple", "ailleurs"),
        lambda _: "rebond@rebond.exemple.fr",
        lambda _: "",
    ],
)
def test_what_we_did_not_write_is_refused(house, change):
    with pytest.raises(Invalid):
        verp.read(change(verp.return_path(12)))


def test_an_older_key_still_reads_and_a_foreign_one_does_not(house):
    address = verp.return_path(12)

    house.config["SECRET_KEYS"] = ["new", "newest"]
    assert verp.read(address) == 12
    house.config["SECRET_KEYS"] = ["newest"]
    with pytest.raises(Invalid):
        verp.read(address)
