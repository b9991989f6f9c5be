"""Accounts that groups of the provider made, closed, opened again, and with other roles."""

import pytest
from accounts.openid.conftest import PASSPHRASE
from sqlalchemy import select

from mailer.accounts import operations as doors
from mailer.accounts import queries as accounts
from mailer.accounts.roles import Role
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage

VERIFIED = {"email": "camille@exemple.fr", "email_verified": True, "name": "Camille Morin"}


@pytest.fixture(autouse=True)
def person(provider):
    provider.info = dict(VERIFIED)


def test_no_group_opens_a_closed_account_again(provider, travel, oidc, camille):
    oidc(OIDC_ROLES={"lettres": ["editor"]})
    travel()
    with transaction():
        accounts.by_id(camille).closed_at = now()
    provider.info |= {"groups": ["lettres"]}

    assert travel().status_code == 403
    provider.identity = {"sub": "another"}
    assert travel().status_code == 403
    assert accounts.by_id(camille) is None


def test_opened_again_it_knows_nobody_of_the_provider(provider, travel, camille):
    travel()
    with transaction():
        accounts.by_id(camille).closed_at = now()
        doors.create("camille@exemple.fr", "Camille Roz", PASSPHRASE, ["dpo"], now())
    provider.info = {"email": "ailleurs@exemple.fr", "email_verified": True}

    assert travel().status_code == 403
    provider.identity, provider.info = {"sub": "another"}, dict(VERIFIED)
    assert travel().status_code == 303


def test_whatever_the_groups_say_somebody_administers(provider, travel, oidc):
    oidc(OIDC_ROLES={"chef": ["admin"], "lettres": ["editor"]})
    provider.info |= {"groups": ["chef"]}
    travel()
    provider.info["groups"] = ["lettres"]

    travel()

    (alone,) = accounts.holders(Role.ADMIN)
    assert alone.roles == {"admin", "editor"}
    with transaction():
        doors.create("noe@exemple.fr", "Noé Larmor", PASSPHRASE, ["admin"], now())
    travel()
    assert accounts.by_id(alone.id).roles == {"editor"}


def test_roles_that_follow_groups_are_told_to_their_owner(provider, travel, oidc):
    oidc(OIDC_ROLES={"lettres": ["editor"], "envoi": ["sender"]})
    provider.info |= {"groups": ["lettres"]}
    travel()
    provider.info["groups"] = ["envoi"]

    travel()

    (mail,) = db.session.scalars(select(OutboxMessage))
    assert mail.recipient == "camille@exemple.fr"
    assert "envoi" in mail.text
