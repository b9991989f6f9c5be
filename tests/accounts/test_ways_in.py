import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from mailer.accounts.models import Account
from mailer.accounts.passphrases import hashed, match
from mailer.accounts.roles import Role
from mailer.clock import now
from mailer.db import db
from mailer.web.access import is_public

WAY_OUT = 'action="/deconnexion"'
SECRET = "Sept phares et une marée basse"


def test_the_field_hides_what_is_typed_and_lets_programs_fill_it(visitor):
    [field] = re.findall(r"<input[^>]*name=.passphrase.[^>]*>", visitor.get("/connexion").text)

    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    # Nothing keeps a manager of passphrases, or who pastes, from filling it.
    assert "maxlength" not in field
    assert "onpaste" not in field


@pytest.mark.parametrize(
    "typed", [SECRET.lower(), f"{SECRET} ", SECRET.replace(" ", ""), SECRET[:-1]]
)
def test_capitals_spaces_and_the_last_character_count(typed):
    known = hashed(SECRET)

    assert match(known, SECRET)
    assert not match(known, typed)


def test_who_forgot_the_passphrase_is_asked_for_the_address_and_nothing_else(visitor):
    page = visitor.get("/phrase-de-passe").text
    # The field that programs alone fill, and the token of the form.
    ours = {"form_token", "website"}

    assert set(re.findall(r'<(?:input|select|textarea)[^>]*name="(\w+)"', page)) - ours == {"email"}


def test_no_passphrase_grows_old(visitor, account, knock):
    with time_machine.travel(now() + timedelta(days=5 * 365)):
        assert knock().location == "/bureau"
        assert visitor.get("/bureau").status_code == 200


def test_a_new_installation_has_no_account(app):
    assert db.session.scalars(select(Account)).all() == []


def test_every_page_of_the_desk_has_the_way_out(app, staff):
    browser = staff(*Role)
    without = []
    for rule in app.url_map.iter_rules():
        if rule.arguments or "GET" not in rule.methods or is_public(app, rule.endpoint):
            continue
        answer = browser.get(rule.rule)
        page = (
            answer.status_code == 200 and answer.mimetype == "text/html" and "<main" in answer.text
        )
        if page and 'action="/deconnexion"' not in answer.text:
            without.append(rule.rule)

    assert without == []
