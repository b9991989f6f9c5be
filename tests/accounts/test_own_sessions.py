"""Whoever is signed in sees where, and can end it from elsewhere."""

import re

import pytest
from accounts.conftest import EMAIL, PASSPHRASE

from mailer.accounts.models import AccountRole
from mailer.accounts.roles import Role
from mailer.audit.queries import history_of
from mailer.db import db, transaction

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"


@pytest.fixture
def two(app, visitor, account, knock):
    """A browser at the desk and a telephone, both signed in to the same account."""
    knock()
    telephone = app.test_client()
    telephone.environ_base["HTTP_USER_AGENT"] = PHONE
    telephone.submit("/connexion", email=EMAIL, passphrase=PASSPHRASE)
    return visitor, telephone


def ways_to_close(browser):
    page = browser.get("/bureau/compte/sessions").text
    return re.findall(r"/bureau/compte/sessions/\d+/fermeture", page)


def test_the_account_leads_to_its_second_factor(staff):
    assert 'href="/bureau/compte/securite"' in staff("editor").get("/bureau/compte").text


def test_each_session_says_where_it_is_and_which_is_this_one(two):
    page = two[0].get("/bureau/compte/sessions").text

    assert "Safari, iPhone" in page
    assert page.count("127.0.0.0/24") == 2
    assert page.count("Celle-ci") == 1


def test_one_closed_from_elsewhere_is_over_at_once(two, account):
    desk, telephone = two
    (way,) = ways_to_close(desk)

    assert desk.submit(way).location == "/bureau/compte/sessions"

    assert telephone.get("/bureau").status_code == 303
    assert desk.get("/bureau").status_code == 200
    assert [entry.verb for entry in history_of(f"account:{account}")][-1] == "end-session"


def test_all_the_others_are_closed_together_after_a_page_that_counts_them(two):
    desk, telephone = two

    page = desk.get("/bureau/compte/sessions/fermeture").text
    assert "1 autre session est ouverte" in page
    assert telephone.get("/bureau").status_code == 200

    desk.submit("/bureau/compte/sessions/fermeture")

    assert "1 autre session est fermée" in desk.get("/bureau/compte/sessions").text
    assert telephone.get("/bureau").status_code == 303


def test_one_that_goes_on_under_another_id_is_counted_once(two, account):
    desk, telephone = two
    with transaction():
        db.session.add(AccountRole(account_id=account, role=Role.SENDER))
    telephone.get("/bureau")
    desk.get("/bureau")

    desk.submit("/bureau/compte/sessions/fermeture")

    assert "1 autre session est fermée" in desk.get("/bureau/compte/sessions").text


def test_nobody_closes_the_session_of_somebody_else(two, staff):
    stranger = staff("admin")

    assert stranger.submit(ways_to_close(two[0])[0]).status_code == 404
    assert two[1].get("/bureau").status_code == 200


def test_signing_out_here_says_that_the_others_go_on(two):
    desk, telephone = two

    desk.submit("/deconnexion")

    assert "Une autre session reste ouverte" in desk.get("/connexion").text
    assert telephone.get("/bureau").status_code == 200


def test_without_another_session_there_is_nothing_to_ask(two):
    desk, telephone = two
    telephone.submit("/deconnexion")

    assert desk.get("/bureau/compte/sessions/fermeture").location == "/bureau/compte/sessions"
