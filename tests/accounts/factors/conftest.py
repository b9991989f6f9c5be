"""An account, and what its owner holds."""

import pyotp
import pytest
from accounts.factors.authenticator import Device

from mailer.accounts import operations as doors
from mailer.accounts.factors import operations
from mailer.clock import now
from mailer.db import transaction

EMAIL, PASSPHRASE = "camille@exemple.fr", "sept phares et une marée"
SITE = "https://lettre.exemple.fr"


@pytest.fixture
def person(app):
    """`person("dpo")`: the number of an account with these roles, without any factor."""
    app.config["BASE_URL"] = SITE

    def create(*roles, email=EMAIL):
        with transaction():
            return doors.create(email, "Camille Morin", PASSPHRASE, roles, now()).id

    return create


@pytest.fixture
def application():
    """`application(3)`: that account's application, linked a minute ago."""

    def link(account):
        with transaction():
            key = operations.propose_key(account, now())
            operations.confirm_key(account, pyotp.TOTP(key).at(now()), now())
        return pyotp.TOTP(key)

    return link


@pytest.fixture
def knock(visitor):
    """`knock()`: the passphrase, shown at the door."""

    def sign_in(email=EMAIL, **more):
        return visitor.submit("/connexion", email=email, passphrase=PASSPHRASE, **more)

    return sign_in


@pytest.fixture
def device():
    return Device(SITE)
