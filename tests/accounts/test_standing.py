"""Between the passphrase and the second factor, only the pages of the second factor are open."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Blueprint, g

from mailer.accounts import queries, sessions
from mailer.accounts.standing import Standing, expiry
from mailer.clock import now
from mailer.db import transaction
from mailer.web import access
from mailer.web.access import FACTOR_OWED, public, staff

SINCE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
probe = Blueprint("probe", __name__)


@probe.get("/essai/phrase/<int:account_id>")
@public
def show_passphrase(account_id):
    with transaction():
        sessions.start(queries.by_id(account_id), now(), Standing.FACTOR_OWED)
    return "la phrase seule"


@probe.get("/essai/facteur")
@staff(FACTOR_OWED)
def ask():
    return f"le facteur de {g.owing.name}"


@probe.post("/essai/facteur")
@staff(FACTOR_OWED)
def show_factor():
    with transaction():
        sessions.complete(now())
    return "les deux"


@pytest.fixture
def half_way(app, visitor, account, monkeypatch):
    """A browser that showed the passphrase and nothing more."""
    monkeypatch.setattr(access, "FACTOR_PAGE", "probe.ask")
    app.register_blueprint(probe)
    visitor.get(f"/essai/phrase/{account}")
    return visitor


def test_the_desk_stays_shut_and_leads_to_the_second_factor(half_way):
    answer = half_way.get("/bureau")

    assert (answer.status_code, answer.location) == (303, "/essai/facteur?next=/bureau")
    assert half_way.get("/essai/facteur").text == "le facteur de Camille Morin"


def test_the_second_factor_opens_the_desk_under_a_new_id(half_way):
    with half_way.session_transaction() as session:
        before = session["id"]

    half_way.submit("/essai/facteur")

    with half_way.session_transaction() as session:
        assert session["id"] != before
    assert half_way.get("/bureau").status_code == 200
    assert half_way.get("/essai/facteur").status_code == 404


def test_whoever_stops_half_way_may_leave(half_way):
    half_way.submit("/deconnexion")

    assert half_way.get("/essai/facteur").location.startswith("/connexion")


def test_half_way_nobody_stays_longer_than_ten_minutes(half_way):
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert half_way.get("/essai/facteur").location.startswith("/connexion")


def test_work_lengthens_a_full_session_up_to_a_working_day():
    late = SINCE + timedelta(hours=11, minutes=50)

    assert expiry(Standing.FULL, SINCE, SINCE) == SINCE + timedelta(minutes=30)
    assert expiry(Standing.FULL, SINCE, late) == SINCE + timedelta(hours=12)
