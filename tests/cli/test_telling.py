"""What a command lists or counts, a program reads with `--json`."""

import json

import pytest

from mailer.accounts import invitations, operations
from mailer.accounts.invitations import Invitee
from mailer.clock import now
from mailer.db import transaction


@pytest.mark.parametrize("chain", ["ledger", "audit"])
def test_a_chain_that_is_whole_says_so(mailer, chain):
    told = mailer(chain, "verify", "--json")
    found = json.loads(told.stdout)

    assert told.exit_code == 0
    assert (found["whole"], found["fault"], found["head"]["number"]) == (True, None, 0)


def test_the_people_who_work_here_are_listed(mailer, app):
    with transaction():
        operations.create("maud@exemple.fr", "Maud", "sept phares et une marée", ["admin"], now())
        invitations.invite(
            Invitee("yves@exemple.fr", "Yves", ["editor", "sender"], "fr"), "Agence", "test", now()
        )

    assert json.loads(mailer("account", "list", "--json").stdout) == [
        {"email": "maud@exemple.fr", "roles": ["admin"], "state": "open", "last_seen": None},
        {
            "email": "yves@exemple.fr",
            "roles": ["editor", "sender"],
            "state": "invited",
            "last_seen": None,
        },
    ]


def test_keys_are_listed_without_what_opens(mailer):
    assert json.loads(mailer("account", "key", "list", "--json").stdout) == []
