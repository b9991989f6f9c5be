from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import asking, extending
from mailer.rights.asking import Question
from mailer.rights.carriage import Delivery
from mailer.rights.extending import Reasons
from mailer.rights.grounds import ExtensionGround
from mailer.rights.identity import Level
from mailer.rights.jobs import remind_of_identity, warn_of_deadlines
from mailer.rights.kinds import Right
from mailer.rights.requesters import Requester

# Received that Sunday; due on Tuesday 22 December.
AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


@pytest.fixture
def objection(received):
    with time_machine.travel(AT):
        return received(Right.OBJECTION)


def warned_on(*days):
    """The mails to the officer after the job ran twice on each of those days."""
    for day in days:
        with time_machine.travel(datetime(day.year, day.month, day.day, 6, 0, tzinfo=UTC)):
            warn_of_deadlines()
            warn_of_deadlines()
    db.session.rollback()
    sent = db.select(OutboxMessage).where(OutboxMessage.origin == "job:warn-of-deadlines")
    return db.session.scalars(sent.order_by(OutboxMessage.id)).all()


def december(*days):
    return [date(2026, 12, day) for day in days]


def test_the_officer_is_reminded_once_at_each_moment(objection):
    assert len(warned_on(*december(6, 7, 8, 14, 15, 16, 19, 20, 21, 22))) == 5


def test_a_missed_day_is_caught_up(objection):
    assert len(warned_on(*december(17, 20))) == 2


def test_a_late_request_is_named_every_day(objection):
    assert len(warned_on(*december(23, 24, 25))) == 3


def test_the_deputy_hears_of_what_is_late_and_of_nothing_else(app, received):
    app.config["DPO_DEPUTY_ADDRESS"] = "adjointe@exemple.fr"
    with time_machine.travel(AT):
        received(Right.OBJECTION)
        received(Right.OBJECTION, on=date(2026, 11, 20))
    officer, deputy = warned_on(date(2026, 12, 22))
    assert (officer.recipient, deputy.recipient) == ("dpo@exemple.fr", "adjointe@exemple.fr")
    assert ("DR-2026-0001" in officer.text, "DR-2026-0001" in deputy.text) == (True, False)
    assert "DR-2026-0002" in deputy.text


def test_no_deputy_is_written_to_when_there_is_none(objection):
    assert [mail.recipient for mail in warned_on(date(2026, 12, 23))] == ["dpo@exemple.fr"]


def test_the_reminder_names_the_case_and_nothing_of_the_person(objection):
    (mail,) = warned_on(date(2026, 12, 19))
    assert "DR-2026-0001" in mail.text
    assert "nadia" not in mail.text + mail.html


def test_all_that_has_come_stands_in_one_mail(received):
    with time_machine.travel(AT):
        received(Right.OBJECTION)
        received(Right.ACCESS, on=date(2026, 11, 21))
    (mail,) = warned_on(date(2026, 12, 15))
    assert mail.text.index("Dernier moment utile") < mail.text.index("L’identité n’est pas prouvée")


def test_an_acknowledgement_that_did_not_leave_is_told_after_two_working_days(objection):
    with transaction():
        for letter in objection.letters:
            letter.delivery = Delivery.FAILED
    assert warned_on(date(2026, 11, 23)) == []
    (mail,) = warned_on(date(2026, 11, 24), date(2026, 11, 25))
    assert "L’accusé de réception n’est pas parti" in mail.text


def test_a_doubt_that_was_never_asked_is_told_after_three_working_days(received):
    with time_machine.travel(AT):
        received(Right.ACCESS)
    (mail,) = warned_on(*[date(2026, 11, day) for day in (23, 24, 25, 26)])
    assert "posez la question maintenant" in mail.text


def test_a_confirmed_mailbox_leaves_no_doubt(received):
    with time_machine.travel(AT), transaction():
        received(Right.ACCESS).mailbox_confirmed_at = AT
    assert warned_on(date(2026, 11, 30)) == []


def test_a_confirmed_mailbox_does_not_stand_for_the_paper_of_who_asks_for_another(received):
    with time_machine.travel(AT), transaction():
        case = received(Right.ACCESS)
        case.mailbox_confirmed_at, case.requester = AT, Requester.MANDATE
    (mail,) = warned_on(date(2026, 11, 26))
    assert "posez la question maintenant" in mail.text


def test_a_question_without_answer_ends_in_a_proposal_to_close(received):
    with time_machine.travel(AT):
        case = received(Right.ACCESS)
        with transaction():
            asking.ask(case, Question(Level.FACTS, "Deux personnes ?"), "account:1", AT)
    with time_machine.travel(AT + timedelta(days=10)):
        remind_of_identity()
    assert warned_on(*december(20, 21)) == []
    (mail,) = warned_on(*december(22, 23))
    assert "vous pouvez clore sans identification" in mail.text
    assert "question posée le dimanche 22 novembre 2026" in mail.text


def test_the_new_date_of_an_extended_case_has_its_own_reminders(received):
    with time_machine.travel(AT):
        case = received(Right.OBJECTION)
    assert len(warned_on(date(2026, 12, 15))) == 1
    with time_machine.travel(datetime(2026, 12, 16, 9, 0, tzinfo=UTC)), transaction():
        reasons = Reasons(ExtensionGround.NUMBER, "Cent demandes en un jour.")
        extending.extend(db.session.merge(case), reasons, "account:1", datetime.now(UTC))
    assert len(warned_on(date(2027, 2, 1))) == 1
    assert len(warned_on(date(2027, 2, 15))) == 2


def test_a_paper_that_was_sent_is_told_once(received):
    with time_machine.travel(AT), transaction():
        case = db.session.merge(received(Right.ACCESS))
        asking.ask(case, Question(Level.DOCUMENT, "Deux noms."), "account:1", AT)
    assert warned_on(date(2026, 11, 23)) == []
    with transaction():
        db.session.merge(case).question.file = "sealed"
    (mail,) = warned_on(date(2026, 11, 24), date(2026, 11, 25))
    assert "La personne a déposé la pièce demandée" in mail.text
