"""The staff's page of workers, and the warning where somebody waits for one."""

from datetime import timedelta

import pytest
from delivery.pressing import words

from mailer.clock import now
from mailer.db import transaction
from mailer.mail import allowances
from mailer.worker import beats, queue
from mailer.worker.labels import WORKS
from mailer.worker.schedule import JOBS

PAGE = "/bureau/travaux"


@pytest.fixture
def beat(app):
    """`beat(timedelta(0), "purge")`: a worker that was doing that so long ago."""

    def one(ago, *doing):
        at = now() - ago
        with transaction():
            beats.beat(beats.identity(at), doing, at)

    return one


@pytest.fixture
def french(app):
    """`french("purge")`: what the page calls that job."""

    def name(job):
        with app.test_request_context():
            return str(WORKS[job])

    return name


def test_without_a_worker_the_page_says_the_cure(staff):
    said = words(staff("admin").get(PAGE))
    assert "Aucun ouvrier ne donne signe de vie : rien ne part" in said
    assert "« mailer worker »" in said


def test_a_worker_is_shown_with_what_it_does(staff, beat, french):
    beat(timedelta(0), "purge")
    said = words(staff("sender").get(PAGE))
    assert "Au travail" in said
    assert "rien ne part" not in said
    assert said.count(french("purge")) == 2


def test_a_worker_that_fell_silent_is_shown_as_such(staff, beat):
    beat(timedelta(minutes=5))
    said = words(staff("admin").get(PAGE))
    assert "Muet" in said
    assert "rien ne part" in said


def test_every_job_is_shown_with_its_turn(app, staff, french):
    queue.of(app).put_due()
    page = staff("admin").get(PAGE)
    said = words(page)
    assert [job.name for job in JOBS if french(job.name) not in said] == []
    assert "Pas encore" not in said
    assert "30 secondes" in said


def test_every_job_has_its_words():
    assert set(WORKS) == {job.name for job in JOBS}


def test_a_relay_that_is_left_alone_is_shown(app, staff):
    name = allowances.standing(now())[0].name
    with transaction():
        allowances.pause(name, "4.4.1", now())
    assert "Il ne répond pas (4.4.1)" in words(staff("admin").get(PAGE))


@pytest.mark.parametrize("role", ["editor", "subscribers", "dpo"])
def test_who_neither_sends_nor_administers_has_no_such_page(staff, role):
    assert staff(role).get(PAGE).status_code == 404


def test_the_desk_warns_who_can_see_to_it_while_something_waits(staff, due_mail):
    assert "rien ne part" in words(staff("admin").get("/bureau"))
    assert "rien ne part" not in words(staff("editor").get("/bureau"))


def test_the_desk_does_not_warn_while_nothing_waits(staff):
    assert "rien ne part" not in words(staff("admin").get("/bureau"))


def test_the_desk_does_not_warn_while_a_worker_is_alive(staff, due_mail, beat):
    beat(timedelta(0))
    assert "rien ne part" not in words(staff("admin").get("/bureau"))
