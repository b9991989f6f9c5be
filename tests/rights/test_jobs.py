from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from mailer import addresses
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import operations
from mailer.rights.deadlines import timer
from mailer.rights.jobs import warn_of_deadlines
from mailer.rights.kinds import Right
from mailer.rights.models import Channel
from mailer.rights.operations import Intake

DUE = date(2026, 12, 22)


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (8, None),
        (7, "days-7"),
        (5, "days-7"),
        (3, "days-3"),
        (2, "days-3"),
        (1, "days-1"),
        (0, "days-0"),
        (-1, "late-2026-12-23"),
        (-2, "late-2026-12-24"),
    ],
)
def test_each_moment_before_the_date_has_one_reminder(days, name):
    assert timer(DUE, DUE - timedelta(days=days)) == name


@pytest.fixture
def case(app):
    address = addresses.parse("nadia.k@exemple.fr")
    at = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
    with transaction():
        return operations.receive(
            Intake(
                address,
                addresses.fingerprint(address, "another"),
                (Right.ACCESS,),
                "",
                Channel.FORM,
                at.date(),
                "fr",
                "metropole",
            ),
            "subject",
            at,
        ).reference


def warnings_on(*days):
    """The mails to the officer after the job ran twice on each of those days of December."""
    for day in days:
        with time_machine.travel(datetime(2026, 12, day, 6, 0, tzinfo=UTC)):
            warn_of_deadlines()
            warn_of_deadlines()
    db.session.rollback()
    sent = db.select(OutboxMessage).where(OutboxMessage.origin == "job:warn-of-deadlines")
    return db.session.scalars(sent.order_by(OutboxMessage.id)).all()


def test_the_officer_is_reminded_once_at_each_moment(case):
    assert len(warnings_on(14, 15, 16, 19, 20, 21, 22)) == 4


def test_a_missed_day_is_caught_up(case):
    assert len(warnings_on(17, 20)) == 2


def test_a_late_request_is_named_every_day(case):
    assert len(warnings_on(23, 24, 25)) == 3


def test_the_reminder_names_the_case_and_nothing_of_the_person(case):
    (mail,) = warnings_on(19)
    assert mail.recipient == "dpo@exemple.fr"
    assert "DR-2026-0001" in mail.text
    assert "nadia" not in mail.text + mail.html
