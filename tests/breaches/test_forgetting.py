"""A file is read for five years after its end, then it goes with the proof of who was told."""

from datetime import timedelta

import pytest
from breaches.files import OFFICER, description
from sqlalchemy import func, select

from mailer.breaches import jobs, operations, queries, telling
from mailer.breaches.kinds import Risk
from mailer.breaches.models import Breach, BreachLetter, BreachReminder, TouchedPerson
from mailer.clock import now
from mailer.db import db, transaction
from mailer.retention.jobs import purge

FIVE_YEARS = timedelta(days=5 * 365 + 2)


@pytest.fixture
def told(touched_lea, write, friday):
    """The incident, of which Léa was told and the officer reminded."""
    write(touched_lea)
    with transaction():
        telling.begin(queries.held(touched_lea), OFFICER, now())
    jobs.tell_persons()
    friday.shift(timedelta(hours=24))
    jobs.warn_of_breaches()
    return touched_lea


def close(reference):
    with transaction():
        found = queries.held(reference)
        operations.describe(found, description(risk=Risk.NONE), OFFICER)
        operations.close(found, "", OFFICER, now())


def rows(*tables):
    db.session.rollback()
    return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_a_closed_file_goes_after_five_years_with_all_that_is_its(told, friday):
    close(told)
    friday.shift(FIVE_YEARS - timedelta(days=3))
    purge()
    assert rows(Breach, TouchedPerson) == [1, 1]
    friday.shift(timedelta(days=4))
    purge()
    assert rows(Breach, TouchedPerson, BreachLetter, BreachReminder) == [0, 0, 0, 0]


def test_an_open_file_stays_however_old(told, friday):
    friday.shift(FIVE_YEARS * 2)
    purge()
    assert rows(Breach) == [1]
