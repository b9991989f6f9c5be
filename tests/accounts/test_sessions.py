from datetime import timedelta

import time_machine

from mailer.accounts import queries
from mailer.accounts.models import new_stamp
from mailer.clock import now
from mailer.db import transaction


def test_half_an_hour_without_a_request_ends_the_session(visitor, account, knock):
    knock()

    with time_machine.travel(now() + timedelta(minutes=31)):
        assert visitor.get("/bureau").status_code == 303


def test_work_keeps_it_open(visitor, account, knock):
    start = now()
    with time_machine.travel(start):
        knock()
    for minutes in range(20, 120, 20):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert visitor.get("/bureau").status_code == 200


def test_twelve_hours_end_it_whatever_the_work(visitor, account, knock):
    start = now()
    with time_machine.travel(start):
        knock()
    for minutes in range(25, 12 * 60, 25):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            visitor.get("/bureau")

    with time_machine.travel(start + timedelta(hours=12, minutes=1)):
        assert visitor.get("/bureau").status_code == 303


def test_nothing_of_the_session_before_is_left_after_signing_in(visitor, account, knock):
    with visitor.session_transaction() as session:
        session["planted"] = "by a stranger"

    knock()

    with visitor.session_transaction() as session:
        assert "planted" not in session


def test_a_new_stamp_ends_every_session(visitor, account, knock):
    knock()

    with transaction():
        queries.by_id(account).stamp = new_stamp()

    assert visitor.get("/bureau").status_code == 303


def test_a_closed_account_has_no_session(visitor, account, knock):
    knock()

    with transaction():
        queries.by_id(account).closed_at = now()

    assert visitor.get("/bureau").status_code == 303


def test_a_forged_session_is_none(visitor):
    visitor.set_cookie("session", "eyJhY2NvdW50IjoxfQ.aaaa.bbbb")

    assert visitor.get("/bureau").status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(account, knock):
    cookie = knock().headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
