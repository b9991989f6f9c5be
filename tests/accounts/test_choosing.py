"""A passphrase is forgotten, or changed."""

import hashlib
import re
from datetime import timedelta

import pytest
import time_machine
from accounts.conftest import EMAIL, PASSPHRASE
from statements import neutral, statements

from mailer.accounts import queries
from mailer.audit.queries import history_of
from mailer.clock import now
from mailer.db import db
from mailer.mail.models import OutboxMessage

OTHER = "trois parapluies verts sous la pluie"


def mails():
    return db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)).all()


@pytest.fixture
def link(visitor, account):
    visitor.submit("/phrase-de-passe", email=EMAIL)
    return re.search(r"/phrase-de-passe/[\w.-]+", mails()[0].text)[0]


def test_the_link_replaces_the_passphrase_ends_all_sessions_and_tells(app, visitor, knock, link):
    knock()

    elsewhere = app.test_client()
    assert elsewhere.get(link).status_code == 200
    assert elsewhere.submit(link, new=OTHER).location == "/connexion"

    assert visitor.get("/bureau").status_code == 303
    assert knock().status_code == 422
    assert knock(passphrase=OTHER).location == "/bureau"
    assert "a été changée" in mails()[-1].subject


def test_the_link_serves_once_and_for_half_an_hour(visitor, link):
    with time_machine.travel(now() + timedelta(minutes=31)):
        assert visitor.get(link).status_code == 410
    visitor.submit(link, new=OTHER)

    again = visitor.submit(link, new=PASSPHRASE)

    assert again.status_code == 410
    assert "Demander un autre lien" in again.text


def test_a_refused_choice_leaves_the_link_and_the_passphrase(visitor, knock, link):
    refused = visitor.submit(link, new="camille@exemple.fr")

    assert refused.status_code == 422
    assert visitor.get(link).status_code == 200
    assert knock().location == "/bureau"


def test_an_unknown_address_gets_the_same_page_by_the_same_statements(visitor, account):
    with statements() as for_known:
        known = visitor.submit("/phrase-de-passe", email=EMAIL)
    with statements() as for_unknown:
        unknown = visitor.submit("/phrase-de-passe", email="inconnue@exemple.fr")

    assert for_known == for_unknown
    assert neutral(known.text, EMAIL) == neutral(unknown.text, "inconnue@exemple.fr")
    assert "n’a pas de compte" in mails()[1].text


def test_asking_slows_down_and_does_not_slow_the_door(app, visitor, account, knock):
    app.config["CONFIRMATIONS_A_DAY"] = 1
    with time_machine.travel(now(), tick=False):
        for _ in range(5):
            assert visitor.submit("/phrase-de-passe", email=EMAIL).status_code == 200
        waits = visitor.submit("/phrase-de-passe", email=EMAIL)

    assert (waits.status_code, waits.headers["Retry-After"]) == (429, "60")
    assert len(mails()) == 1
    assert knock().location == "/bureau"


def change(browser, present, new):
    return browser.submit("/bureau/compte/phrase-de-passe", present=present, new=new)


def test_changing_it_keeps_this_session_alone(app, visitor, account, knock):
    knock()
    other = app.test_client()
    other.submit("/connexion", email=EMAIL, passphrase=PASSPHRASE)
    copied = app.test_client()
    copied.set_cookie("session", visitor.get_cookie("session").value)

    assert change(visitor, PASSPHRASE, OTHER).location == "/bureau/compte"

    assert visitor.get("/bureau").status_code == 200
    assert {each.get("/bureau").status_code for each in (other, copied)} == {303}
    assert "change-passphrase" in [each.verb for each in history_of(f"account:{account}")]


@pytest.mark.parametrize(
    ("present", "new", "said"),
    [
        ("huit phares et une marée", OTHER, "pas votre phrase de passe actuelle"),
        (PASSPHRASE, "password-password", "répète le même motif"),
        ("", OTHER, "Saisissez votre phrase de passe actuelle"),
    ],
)
def test_a_change_that_cannot_be_says_why(staff, present, new, said):
    answer = change(staff("editor"), present, new)

    assert answer.status_code == 422
    assert said in answer.text


def test_the_present_passphrase_cannot_be_guessed_at_a_desk_left_open(visitor, account, knock):
    knock()
    for _ in range(5):
        change(visitor, "huit phares et une marée", OTHER)

    assert change(visitor, PASSPHRASE, OTHER).status_code == 429


def test_people_write_their_own_name(visitor, account, knock):
    knock()

    visitor.submit("/bureau/compte/nom", name="Camille Morin-Lagadec")

    assert queries.by_id(account).name == "Camille Morin-Lagadec"
    visitor.submit("/bureau/compte/nom", name="  Camille\n Morin ")
    assert queries.by_id(account).name == "Camille Morin"


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_name_is_one_line_that_can_be_read(staff, name):
    answer = staff("editor").submit("/bureau/compte/nom", name=name)

    assert answer.status_code == 422
    assert f'value="{name.strip()}"' in answer.text


def test_a_passphrase_that_leaked_is_refused(app, visitor, link, tmp_path):
    leaked = tmp_path / "leaked.txt"
    leaked.write_text(f"{hashlib.sha1(OTHER.encode()).hexdigest().upper()}:3\n")  # noqa: S324 - the form of the list
    app.config["LEAKED_PASSPHRASES"] = str(leaked)

    answer = visitor.submit(link, new=OTHER)

    assert (answer.status_code, "volées ailleurs" in answer.text) == (422, True)
