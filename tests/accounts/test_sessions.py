from base64 import urlsafe_b64decode
from datetime import timedelta

import time_machine
from accounts.conftest import EMAIL, PASSPHRASE

from mailer.accounts import queries
from mailer.accounts.models import AccountRole, Session
from mailer.accounts.roles import Role
from mailer.clock import now
from mailer.db import db, transaction
from mailer.web.forms import form_token

CREDENTIALS = {"email": EMAIL, "passphrase": PASSPHRASE}


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


def identity(browser):
    with browser.session_transaction() as session:
        return session["id"]


def test_a_session_has_a_name_of_its_own_of_256_bits(visitor, account, knock):
    knock()
    first = identity(visitor)
    visitor.submit("/deconnexion")
    knock()

    assert identity(visitor) != first
    assert {len(urlsafe_b64decode(f"{each}=")) * 8 for each in (first, identity(visitor))} == {256}


def test_the_database_does_not_hold_what_opens_a_session(visitor, account, knock):
    knock()

    row = db.session.scalars(db.select(Session)).one()

    assert identity(visitor) not in {str(value) for value in vars(row).values()}


def test_signing_in_again_gives_a_new_id_and_ends_the_former(app, visitor, account, knock):
    knock()
    former = app.test_client()
    former.set_cookie("session", visitor.get_cookie("session").value)
    with visitor.session_transaction() as session:
        session_before = dict(session)
    visitor.post("/connexion", data={"form_token": form_token(), **CREDENTIALS})

    assert identity(visitor) != session_before["id"]
    assert former.get("/bureau").status_code == 303


def secret_of_forms(browser):
    """What its forms prove, without the second in which each was signed."""
    return {name: signed.partition(".")[0] for name, signed in browser.tokens().items()}


def test_other_roles_give_a_new_id_and_lose_no_form(app, visitor, account, knock):
    knock()
    former, before, token = app.test_client(), identity(visitor), secret_of_forms(visitor)
    former.set_cookie("session", visitor.get_cookie("session").value)
    with transaction():
        db.session.add(AccountRole(account_id=account, role=Role.SENDER))

    visitor.get("/bureau")

    assert identity(visitor) != before
    assert secret_of_forms(visitor) == token
    # A request that was under way when the id changed is answered, and later ones are not.
    assert former.get("/bureau").status_code == 200
    with time_machine.travel(now() + timedelta(minutes=2)):
        assert former.get("/bureau").status_code == 303
        assert visitor.get("/bureau").status_code == 200


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
