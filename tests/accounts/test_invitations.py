"""From the administrator's form to the first passphrase."""

import re
from datetime import timedelta

import pytest
import time_machine
from accounts.conftest import PASSPHRASE

from mailer.accounts import queries
from mailer.addresses import parse
from mailer.audit.queries import history_of
from mailer.clock import now
from mailer.db import db
from mailer.mail.models import OutboxMessage

INVITED = {"name": "Noé Larmor", "email": "noe@exemple.fr", "roles": ["editor"], "language": "fr"}


def links():
    mails = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)).all()
    found = (re.search(r"/invitations/[\w.-]+", mail.text) for mail in mails)
    return [link[0] for link in found if link]


@pytest.fixture
def admin(staff):
    browser = staff("admin")
    browser.submit("/bureau/comptes/invitation", **INVITED)
    return browser


def test_whoever_is_invited_chooses_a_passphrase_and_enters(admin, visitor):
    (link,) = links()
    assert "Bienvenue, Noé Larmor" in visitor.get(link).text

    assert visitor.submit(link, new=PASSPHRASE).location == "/connexion"

    visitor.submit("/connexion", email="noe@exemple.fr", passphrase=PASSPHRASE)
    assert "Bonjour, Noé Larmor" in visitor.get("/bureau").text
    assert queries.by_address(parse("noe@exemple.fr")).roles == {"editor"}


def test_nothing_exists_before_the_passphrase_is_chosen(admin, visitor):
    visitor.get(links()[0])

    assert queries.by_address(parse("noe@exemple.fr")) is None
    assert "noe@exemple.fr" in admin.get("/bureau/comptes").text


def test_the_link_serves_once(admin, visitor):
    visitor.submit(links()[0], new=PASSPHRASE)

    answer = visitor.submit(links()[0], new=PASSPHRASE)

    assert (answer.status_code, visitor.get(links()[0]).status_code) == (410, 410)
    assert "Connectez-vous" in answer.text


def test_the_link_lasts_a_week(admin, visitor):
    with time_machine.travel(now() + timedelta(days=7, minutes=1)):
        assert visitor.get(links()[0]).status_code == 410
        assert visitor.submit(links()[0], new=PASSPHRASE).status_code == 410


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Saisissez la phrase de passe"),
        ("trop court", "14 caractères au moins"),
        ("motdepasse123456", "Beaucoup de gens"),
        ("azertyuiop123456", "ordre du clavier"),
        ("Noé Larmor 2026!", "votre nom"),
    ],
)
def test_a_passphrase_that_would_be_found_says_how_to_mend_it(admin, visitor, typed, said):
    answer = visitor.submit(links()[0], new=typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert not typed or typed not in answer.text


def test_sent_again_the_newest_link_alone_opens(admin, visitor):
    admin.submit("/bureau/comptes/invitations/1/envoi")

    first, second = links()
    assert (visitor.get(first).status_code, visitor.get(second).status_code) == (410, 200)


def test_withdrawn_it_opens_nothing(admin, visitor):
    asked = admin.get("/bureau/comptes/invitations/1/retrait").text
    assert "n’ouvrira plus rien" in asked
    assert visitor.get(links()[0]).status_code == 200

    admin.submit("/bureau/comptes/invitations/1/retrait")

    assert visitor.get(links()[0]).status_code == 410
    acts = [each.verb for each in history_of("invitation:1")]
    assert sorted(acts) == ["invite", "read", "withdraw-invitation"]


def test_nobody_is_invited_twice_nor_beside_their_account(admin):
    again = admin.submit("/bureau/comptes/invitation", **INVITED)
    oneself = admin.submit("/bureau/comptes/invitation", **INVITED | {"email": "admin@exemple.fr"})

    assert (again.status_code, oneself.status_code) == (409, 409)
    assert "déjà invitée" in again.text
    assert "déjà un compte" in oneself.text
    assert 'value="Noé Larmor"' in again.text


def test_whoever_was_here_before_comes_back_under_their_number(admin, visitor):
    visitor.submit(links()[0], new=PASSPHRASE)
    number = queries.by_address(parse("noe@exemple.fr")).id
    admin.submit(f"/bureau/comptes/{number}/fermeture")

    admin.submit("/bureau/comptes/invitation", **INVITED | {"roles": ["dpo"]})
    visitor.submit(links()[1], new=PASSPHRASE)

    account = queries.by_address(parse("noe@exemple.fr"))
    assert (account.id, account.roles) == (number, {"dpo"})
