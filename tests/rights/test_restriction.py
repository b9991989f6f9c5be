"""Somebody set aside is in no send, count, list or file; the officer alone still reads."""

from datetime import UTC, datetime

import pytest
import time_machine

from mailer.db import db
from mailer.delivery import audience
from mailer.rights.kinds import Right
from mailer.subscriptions import exports, people, queries
from mailer.subscriptions.exports import Format, Wanted
from mailer.subscriptions.models import MailingList

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def set_aside(received, subscriber):
    """The only reader has asked for restriction."""
    with time_machine.travel(AT, tick=False):
        return received(Right.RESTRICTION, address=subscriber.address).reference


def seen():
    """Every number, page and file in which a reader stands."""
    list_id = db.session.scalars(db.select(MailingList.id)).one()
    size = audience.size(list_id, AT)
    wanted = Wanted("Contrôle annuel")
    return {
        "audience": size.people + size.opposed,
        "lists": queries.counts_by_list(),
        "states": people.counts(),
        "newest": len(people.newest(None).rows),
        "search": len(people.beginning("lea").rows),
        "export": exports.begin(wanted, Format.CSV, "account:1"),
        "file": "lea@exemple.fr" in "".join(exports.lines(wanted, Format.JSON)),
    }


def test_a_reader_stands_everywhere(subscriber):
    assert all(seen().values())


def test_somebody_set_aside_stands_nowhere(set_aside):
    assert seen() == {
        "audience": 0,
        "lists": {},
        "states": {},
        "newest": 0,
        "search": 0,
        "export": 0,
        "file": False,
    }


def test_the_officer_still_reads_what_is_held(set_aside, dpo, read):
    page = read(dpo.get(f"/bureau/demandes/{set_aside}"))
    assert "Abonnement Rien trouvé" not in page
    assert "Abonnement" in page
