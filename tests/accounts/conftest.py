"""One account that the tests of the door know."""

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


@pytest.fixture
def knock(visitor):
    """`knock(passphrase=…)`: the answer to a sign-in."""

    def sign_in(email=EMAIL, passphrase=PASSPHRASE, **more):
        return visitor.submit("/connexion", email=email, passphrase=passphrase, **more)

    return sign_in
