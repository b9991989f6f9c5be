from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from mailer.abuse import emails, jobs
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.web import counters

GOLDEN = Path(__file__).parents[1] / "emails" / "abuse"
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def mails():
    db.session.rollback()
    return db.session.scalars(select(OutboxMessage.recipient)).all()


def raise_alarm():
    with transaction():
        counters.raise_alarm(now())


def test_without_alarm_nobody_is_written_to(app):
    jobs.warn()

    assert mails() == []


def test_in_an_hour_of_alarm_one_mail_goes_to_the_security_address(app):
    with time_machine.travel(AT):
        raise_alarm()
        jobs.warn()
        jobs.warn()

    assert mails() == ["securite@exemple.fr"]


def test_an_alarm_that_lasts_is_told_again_the_next_hour(app):
    for hour in range(2):
        with time_machine.travel(AT + timedelta(hours=hour)):
            raise_alarm()
            jobs.warn()

    assert len(mails()) == 2


@pytest.mark.parametrize("part", ["text", "html"])
def test_the_mail_is_as_it_was_read(app, part):
    suffix = {"text": "txt", "html": "html"}[part]

    assert getattr(emails.alarm(), part) == (GOLDEN / f"alarm.{suffix}").read_text()


def test_the_desk_shows_the_counts_and_no_network(visitor, staff):
    visitor.submit("/droits", address="camille@")

    page = staff("admin").get("/bureau/abus").text

    assert "relectures" in page
    assert "<svg" in page
    assert "127.0.0" not in page


def test_the_desk_warns_an_administrator_of_an_alarm(app, staff):
    browser = staff("admin")
    before = browser.get("/bureau").text
    raise_alarm()

    assert "Un plafond de courriels est proche" not in before
    assert "Un plafond de courriels est proche" in browser.get("/bureau").text


def test_an_editor_does_not_see_the_counts(staff):
    assert staff("editor").get("/bureau/abus").status_code == 404
