from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from mailer import addresses
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent, Reason
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.mail.models import OutboxMessage
from mailer.mail.relay import KEY
from mailer.mail.transports.memory import Memory
from mailer.newsletters.jobs import send_mails
from mailer.retention.jobs import purge
from mailer.subscriptions.imports import jobs, queries
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.states import State

ZOE = "zoe@exemple.fr"
FILE = f"email\n{ZOE}\n"
HALF = Origin("Salon de la mer", None, None, "Camille Morin")


@pytest.fixture
def unproven(desk):
    """An import of one person without proof; its number."""
    return desk.imports(FILE, HALF)


def mails():
    db.session.rollback()
    return db.session.scalars(select(OutboxMessage)).all()


def test_nobody_is_written_to_until_the_button(unproven):
    jobs.ask()

    assert mails() == []


def test_one_mail_asks_and_says_where_the_address_comes_from(desk, unproven, people):
    desk.asks(unproven)
    jobs.ask()

    (mail,) = mails()
    assert (mail.recipient, "Salon de la mer" in mail.text) == (ZOE, True)
    assert "<img" not in mail.html
    assert people() == {ZOE: State.PENDING}


def test_pressing_its_button_lets_the_list_in_under_the_notice_of_the_question(
    desk, unproven, people, visitor
):
    desk.asks(unproven)
    path = next(word for word in mails()[0].text.split() if "/inscriptions/" in word)

    visitor.submit(path[path.index("/inscriptions/") :])

    assert people() == {ZOE: State.ACTIVE}
    yes = db.session.scalars(select(ConsentEvent).where(ConsentEvent.kind == Kind.CONFIRMED)).one()
    assert yes.notice_sha256


def test_a_second_question_is_refused(desk, unproven):
    desk.asks(unproven)

    with pytest.raises(Conflict):
        desk.asks(unproven)


def test_nor_does_a_second_file_bring_one(desk, unproven, people):
    desk.asks(unproven)
    desk.undoes(unproven)

    row = queries.find(desk.imports(FILE, HALF))

    assert (row.taken, people()) == ({"left": 1}, {})


def test_who_objected_meanwhile_is_not_asked(app, desk, unproven):
    key = app.config["FINGERPRINT_KEY"]
    with transaction():
        who = addresses.fingerprint(addresses.parse(ZOE), key)
        consent.suppress(who, Reason.OBJECTION, now(), "case:1")

    desk.asks(unproven)

    assert mails() == []


@pytest.mark.parametrize("reason", [Reason.OBJECTION, Reason.RESTRICTION])
def test_a_question_that_waits_does_not_leave_once_nobody_may_write(app, desk, reason):
    app.extensions[KEY] = carried = Memory()
    desk.asks(desk.imports(f"{FILE}paul@exemple.fr\n", HALF))
    with transaction():
        consent.suppress(fingerprint_of(addresses.parse(ZOE)), reason, now(), "request:1")

    send_mails()

    assert [each.recipient for each in carried.taken] == ["paul@exemple.fr"]


def test_rows_without_proof_do_not_stay(desk, unproven, people):
    with time_machine.travel(now() + timedelta(days=31)):
        purge()

    assert people() == {}
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
