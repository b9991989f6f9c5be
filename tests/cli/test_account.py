"""`mailer account create`."""

from sqlalchemy import select

from mailer.accounts.models import Account
from mailer.db import db

GOOD = "sept phares et une marée"
CREATE = ("account", "create", "nora@exemple.fr", "--name", "Nora Belledune")


def test_an_account_is_created_with_its_roles(mailer):
    done = mailer(*CREATE, "--role", "editor", "--role", "dpo", "--password-stdin", typed=GOOD)
    assert done.exit_code == 0, done.output
    assert db.session.scalars(select(Account)).one().roles == {"editor", "dpo"}


def test_the_passphrase_is_asked_for_twice_and_not_shown(mailer):
    done = mailer(*CREATE, "--role", "admin", typed="le secret de Nora\nle secret de Nora\n")
    assert done.exit_code == 0, done.output
    assert "secret" not in done.output


def test_a_short_passphrase_says_how_long_it_must_be(mailer):
    done = mailer(*CREATE, "--role", "editor", "--password-stdin", typed="court")
    assert done.exit_code == 1
    assert "at least 14 characters" in done.output
    assert db.session.scalar(select(Account)) is None


def test_a_taken_address_is_said(mailer):
    words = (*CREATE, "--role", "editor", "--password-stdin")
    mailer(*words, typed=GOOD)
    done = mailer(*words, typed=GOOD)
    assert done.exit_code == 1
    assert "already has an account" in done.output


def test_an_unknown_role_names_those_that_exist(mailer):
    done = mailer(*CREATE, "--role", "king", "--password-stdin", typed=GOOD)
    assert done.exit_code == 2
    assert "'editor', 'sender'" in done.output
