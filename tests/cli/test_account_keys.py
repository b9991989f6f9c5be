"""`mailer account key create`, `list`, `revoke`."""

import pytest

from mailer.accounts import operations
from mailer.accounts.keys import queries
from mailer.accounts.keys.scopes import Scope
from mailer.clock import now
from mailer.db import db, transaction


@pytest.fixture
def nora(app):
    with transaction():
        operations.create("nora@exemple.fr", "Nora", "sept phares et une marée", ["admin"], now())


def test_a_key_is_printed_once_listed_and_revoked(mailer, nora):
    words = ("account", "key", "create", "nora@exemple.fr", "--name", "Site")
    done = mailer(*words, "--scope", "lists:read", "--days", "10")
    opens = done.output.strip()
    held = queries.find(opens, now())
    assert held.scopes == {Scope.LISTS_READ}

    listed = mailer("account", "key", "list").output
    assert "lists:read\tSite" in listed
    assert opens not in listed

    assert mailer("account", "key", "revoke", str(held.id)).exit_code == 0
    # The look before holds what the database was then.
    db.session.rollback()
    assert queries.find(opens, now()) is None


def test_what_cannot_be_says_how_to_mend_it(mailer, nora):
    words = ("account", "key", "create", "nora@exemple.fr", "--name", "Site")

    assert "beyond its roles" in mailer(*words, "--scope", "requests:read").output
    assert "beyond its roles" in mailer(*words, "--scope", "subscribers:read").output
    words = ("account", "key", "create", "maud@exemple.fr", "--name", "Site")
    assert "see mailer account list" in mailer(*words, "--scope", "lists:read").output
    assert "account key list" in mailer("account", "key", "revoke", "99").output
