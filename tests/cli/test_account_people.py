"""`mailer account invite`, `list`, `close`, `end-sessions`."""

import pytest

from mailer.accounts import invitations, operations, queries
from mailer.addresses import parse
from mailer.clock import now
from mailer.db import transaction

GOOD = "sept phares et une marée"


@pytest.fixture
def people(app):
    with transaction():
        operations.create("maud@exemple.fr", "Maud", GOOD, ["admin"], now())
        operations.create("nora@exemple.fr", "Nora", GOOD, ["editor", "sender"], now())


def test_somebody_is_invited_and_listed(mailer, people):
    words = ("account", "invite", "noe@exemple.fr", "--name", "Noé", "--role", "editor")

    assert mailer(*words).exit_code == 0

    assert [each.email for each in invitations.waiting()] == ["noe@exemple.fr"]
    assert mailer("account", "list").output.splitlines() == [
        "maud@exemple.fr\tadmin\tnever",
        "nora@exemple.fr\teditor sender\tnever",
        "noe@exemple.fr\teditor\tinvited",
    ]
    assert "invited already" in mailer(*words).output


def test_an_account_is_closed_once_it_is_confirmed(mailer, people):
    assert mailer("account", "close", "nora@exemple.fr", typed="n\n").exit_code == 1
    assert queries.by_address(parse("nora@exemple.fr"))

    assert mailer("account", "close", "nora@exemple.fr", "--yes").exit_code == 0

    with transaction():
        assert queries.by_address(parse("nora@exemple.fr")) is None


def test_the_last_who_administers_is_not_closed(mailer, people):
    done = mailer("account", "close", "maud@exemple.fr", "--yes")

    assert (done.exit_code, "nobody else administers" in done.output) == (1, True)


def test_sessions_are_ended_and_counted(mailer, people, visitor):
    visitor.submit("/connexion", email="nora@exemple.fr", passphrase=GOOD)

    done = mailer("account", "end-sessions", "nora@exemple.fr")

    assert done.output == "Ended sessions: 1.\n"
    assert visitor.get("/bureau").status_code == 303


def test_an_unknown_address_is_said(mailer, people):
    assert "no open account" in mailer("account", "end-sessions", "inconnue@exemple.fr").output
