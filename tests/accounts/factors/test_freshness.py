"""What opens an account is not changed at a desk left open for hours."""

from datetime import UTC, datetime

import pytest
import time_machine
from accounts.factors.conftest import PASSPHRASE

from mailer.accounts.factors import queries

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OWN = "/bureau/compte/securite"
AGAIN = f"{OWN}/identite"
OTHER = "douze bateaux bleus sur le quai"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def test_after_a_quarter_of_an_hour_one_signs_in_anew(visitor, person, application, knock, clock):
    account = person("editor")
    knock()
    application(account)
    clock.shift(16 * 60)

    changes = (
        f"{OWN}/application",
        f"{OWN}/application/confirmation",
        f"{OWN}/application/retrait",
        f"{OWN}/codes",
        f"{OWN}/cles",
        f"{OWN}/cles/1/retrait",
    )
    assert {visitor.submit(path).location for path in changes} == {AGAIN}
    assert queries.of(account).number == 1

    assert visitor.submit(AGAIN).location == f"/connexion?next={OWN}"
    assert visitor.get("/bureau").location.startswith("/connexion")


def test_another_passphrase_makes_no_session_younger(visitor, person, application, knock, clock):
    account = person("editor")
    knock()
    application(account)
    clock.shift(16 * 60)

    own = visitor.submit("/bureau/compte/phrase-de-passe", present=PASSPHRASE, new=OTHER)

    assert own.location == "/bureau/compte"
    assert visitor.submit(f"{OWN}/application/retrait").location == AGAIN
    assert queries.has_any(account)


def test_an_administrator_too_before_taking_factors_away(staff, person, application, clock):
    account = person("editor")
    application(account)
    admin = staff("admin")
    clock.shift(16 * 60)

    assert admin.submit(f"/bureau/comptes/{account}/facteurs/retrait").location == AGAIN
    assert queries.has_any(account)


def test_the_page_says_why_and_that_nothing_was_changed(visitor, person, knock):
    person("editor")
    knock()

    assert "Rien n’a été changé" in visitor.get(AGAIN).text
