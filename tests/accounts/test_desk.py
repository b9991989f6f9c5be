import pytest

from mailer.accounts import operations
from mailer.clock import now
from mailer.db import transaction

EMAIL = "camille@exemple.fr"
PASSPHRASE = "sept phares et une marée"


@pytest.fixture
def account(app):
    with transaction():
        return operations.create(EMAIL, "Camille Morin", PASSPHRASE, ["editor"], now()).id


def test_the_right_passphrase_opens_the_desk(visitor, account):
    answer = visitor.submit("/connexion", email=EMAIL, passphrase=PASSPHRASE)

    assert (answer.status_code, answer.location) == (303, "/bureau")
