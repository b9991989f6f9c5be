"""Somebody set aside is in no send, count, list or file; the officer alone still reads."""

from datetime import UTC, datetime

import pytest
import time_machine

from mailer import addresses
from mailer.consent.evidence import Evidence, Method
from mailer.consent.queries import is_sendable
from mailer.db import db, transaction
from mailer.delivery import audience
from mailer.rights import answering
from mailer.rights.decision import Decision
from mailer.rights.grounds import Ground
from mailer.rights.kinds import Right
from mailer.rights.queries import by_reference
from mailer.rights.states import Outcome
from mailer.subscriptions import counting, exports, people, queries
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.exports import Format, Shown, Wanted
from mailer.subscriptions.models import Confirmation, MailingList
from mailer.tokens import CONFIRM

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
    wanted = Wanted("Contrôle annuel", addresses=Shown.WHOLE)
    return {
        "audience": size.people + size.opposed,
        "list": queries.active(list_id),
        "states": counting.by_state(counting.by_list()),
        "newest": len(people.newest(None).rows),
        "of the list": len(people.newest(None, people.Filter(list_id)).rows),
        "beginning": len(people.beginning("lea").rows),
        "part": len(people.containing("ea@ex").rows),
        "export": exports.begin(wanted, Format.CSV, "account:1"),
        "file": "lea@exemple.fr" in "".join(exports.lines(wanted, Format.JSON)),
    }


def test_a_reader_stands_everywhere(subscriber):
    assert all(seen().values())


def test_somebody_set_aside_stands_nowhere(set_aside):
    assert seen() == {
        "audience": 0,
        "list": 0,
        "states": {},
        "newest": 0,
        "of the list": 0,
        "beginning": 0,
        "part": 0,
        "export": 0,
        "file": False,
    }


def answer(reference, outcome, **refused):
    with transaction():
        case = by_reference(reference)
        case.mailbox_confirmed_at = AT
        grounds = dict.fromkeys(case.rights, Ground.NOT_CONCERNED) if refused else {}
        decision = Decision(
            dict.fromkeys(case.rights, outcome), "", refused.get("because", ""), grounds
        )
        answering.answer(case, decision, "account:1", AT)


def come_back(address):
    """The owner of the mailbox asks for letters again, and presses the button there."""
    evidence = Evidence(Method.CONFIRM_POST, AT)
    with transaction():
        wanted = [db.session.scalars(db.select(MailingList.id)).one()]
        subscriptions.request(addresses.parse(address), wanted, evidence, "fr", AT)
        newest = db.session.scalars(db.select(db.func.max(Confirmation.id))).one()
        subscriptions.confirm(CONFIRM.sign(newest), evidence, AT)


def test_an_erasure_of_long_ago_sets_nobody_aside_who_came_back(received, subscriber):
    address, fingerprint = subscriber.address, subscriber.fingerprint
    with time_machine.travel(AT, tick=False):
        answer(received(Right.ERASURE, address=address).reference, Outcome.GRANTED)
        assert not is_sendable(fingerprint)
        come_back(address)
        again = received(Right.RESTRICTION, address=address).reference
        assert not is_sendable(fingerprint)
        answer(again, Outcome.REFUSED, because="Rien n’est contesté.")
    assert is_sendable(fingerprint)


def test_the_officer_still_reads_what_is_held(set_aside, dpo, read):
    page = read(dpo.get(f"/bureau/demandes/{set_aside}"))
    assert "Abonnement Rien trouvé" not in page
    assert "Abonnement" in page
