"""Setting factors and showing them, as their owner does."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import unquote

import pyotp
import pytest
import time_machine
from sqlalchemy import select

from mailer.accounts.factors import queries
from mailer.accounts.models import Role
from mailer.audit.queries import history_of
from mailer.db import db
from mailer.mail.models import OutboxMessage

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OWN = "/bureau/compte/securite"
DOOR = "/connexion/seconde-preuve"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def asked(page, kind):
    """The question of that kind on the page, and the token that stands for it."""
    form = re.search(rf'<form[^>]*data-passkey="{kind}".*?</form>', page, re.DOTALL).group()
    options = unescape(re.search(r'data-options="([^"]*)"', form).group(1))
    return options, re.search(r'name="ceremony" value="([^"]*)"', form).group(1)


def add_passkey(visitor, device, name="Téléphone"):
    options, token = asked(visitor.get(OWN).text, "create")
    return visitor.submit(
        f"{OWN}/cles", name=name, ceremony=token, credential=device.create(options)
    )


def test_an_application_is_linked_by_its_first_code_and_asked_for_from_then_on(
    visitor, person, knock, clock
):
    person("editor")
    knock()
    assert visitor.submit(f"{OWN}/application").location == f"{OWN}/application"
    page = visitor.get(f"{OWN}/application").text
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", page).group(1).replace(" ", "")
    assert "<svg" in page

    shown = visitor.submit(f"{OWN}/application/confirmation", code=pyotp.TOTP(key).at(AT))

    codes = re.search(r"<textarea[^>]*>([^<]*)<", shown.text).group(1).split()
    assert len(codes) == 10
    file = unquote(re.search(r'href="data:text/plain;charset=utf-8,([^"]*)"', shown.text).group(1))
    assert set(codes) <= set(file.splitlines())
    assert "Il vous reste 10 codes" in visitor.get(OWN).text
    visitor.submit("/deconnexion")
    assert knock(next="/bureau/lettres").location == f"{DOOR}?next=/bureau/lettres"
    assert visitor.get("/bureau").location == f"{DOOR}?next=/bureau"

    clock.shift(60)
    code = pyotp.TOTP(key).at(AT + timedelta(seconds=60))
    assert visitor.submit(DOOR, code=code, next="/bureau/lettres").location == "/bureau/lettres"
    assert visitor.get("/bureau").status_code == 200


def test_a_wrong_first_code_links_nothing_and_shows_the_same_key_again(visitor, person, knock):
    account = person("editor")
    knock()
    visitor.submit(f"{OWN}/application")
    before = visitor.get(f"{OWN}/application").text

    answer = visitor.submit(f"{OWN}/application/confirmation", code="000000")

    assert answer.status_code == 422
    assert "vérifiez l’heure de votre téléphone" in answer.text
    key = re.search(r"<code>([^<]*)</code>", before).group(1)
    assert key in answer.text
    assert not queries.has_any(account)


def test_the_passphrase_alone_opens_nothing_once_a_factor_is_set(
    app, visitor, person, application, knock
):
    application(person(*Role))
    knock()

    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and rule.rule.startswith("/bureau"):
            assert visitor.get(rule.rule).location.startswith(DOOR), rule.rule


def test_the_record_says_how_far_somebody_came(visitor, person, application, knock, clock):
    account = person("editor")
    codes = application(account)
    clock.shift(60)
    knock()
    entries = history_of(f"account:{account}")
    assert [entry.verb for entry in entries] == ["create", "set-totp", "begin-sign-in"]

    visitor.submit(DOOR, code=codes.at(AT + timedelta(seconds=60)))

    assert history_of(f"account:{account}")[-1].verb == "sign-in"


def test_a_recovery_code_opens_once_and_the_owner_is_told(visitor, person, application, knock):
    account = person("editor")
    knock()
    application(account)
    page = visitor.submit(f"{OWN}/codes").text
    code = re.search(r"<textarea[^>]*>([^<]*)<", page).group(1).split()[0]
    visitor.submit("/deconnexion")
    knock()

    assert visitor.submit(DOOR, code=code.lower().replace("-", " ")).location == "/bureau"

    mails = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    assert "Un de vos codes de secours a servi" in mails[-1].text
    assert queries.of(account).codes_left == 9
    visitor.submit("/deconnexion")
    knock()
    assert visitor.submit(DOOR, code=code).status_code == 422


def test_a_page_counts_the_codes_that_new_ones_would_end(visitor, person, application, knock):
    account = person("editor")
    knock()
    assert visitor.get(f"{OWN}/codes").location == OWN
    application(account)
    visitor.submit(f"{OWN}/codes")

    page = visitor.get(f"{OWN}/codes").text

    assert "10 codes de votre feuille" in page
    assert queries.of(account).codes_left == 10


def test_codes_are_throttled_as_sign_ins_are(visitor, person, application, knock, clock):
    key = application(person("editor"))
    knock()
    clock.shift(60)
    for _ in range(5):
        assert visitor.submit(DOOR, code="000000").status_code == 422

    answer = visitor.submit(DOOR, code=key.at(AT + timedelta(seconds=60)))

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    clock.shift(61)
    assert visitor.submit(DOOR, code=key.at(AT + timedelta(seconds=121))).status_code == 303


def test_a_passkey_is_added_named_and_asked_for(visitor, person, knock, device):
    account = person("editor")
    knock()
    assert "Codes de secours" in add_passkey(visitor, device).text
    (row,) = queries.passkeys(account)
    visitor.submit(f"{OWN}/cles/{row.id}/nom", name="Clé <bleue>")
    assert "Clé &lt;bleue&gt;" in visitor.get(OWN).text
    visitor.submit("/deconnexion")

    assert knock().location == DOOR
    options, token = asked(visitor.get(DOOR).text, "get")
    assert len(json.loads(options)["allowCredentials"]) == 1
    answer = visitor.submit(f"{DOOR}/cle", ceremony=token, credential=device.get(options))

    assert answer.location == "/bureau"
    assert visitor.get("/bureau").status_code == 200


def test_a_passkey_alone_opens_the_desk(visitor, person, knock, device):
    person("dpo")
    knock()
    add_passkey(visitor, device)
    visitor.submit("/deconnexion")

    options, token = asked(visitor.get("/connexion").text, "get")
    assert json.loads(options)["allowCredentials"] == []
    shown = {"ceremony": token, "credential": device.get(options)}
    answer = visitor.submit("/connexion/cle", **shown)

    assert answer.location == "/bureau/demandes"
    assert visitor.get("/bureau/demandes").status_code == 200
    visitor.submit("/deconnexion")
    assert visitor.submit("/connexion/cle", **shown).status_code == 422
    assert visitor.get("/bureau").status_code == 303


def test_a_passkey_of_nobody_here_opens_nothing(visitor, person, device):
    person("dpo")
    options, token = asked(visitor.get("/connexion").text, "get")

    answer = visitor.submit("/connexion/cle", ceremony=token, credential=device.get(options))

    assert answer.status_code == 422
    assert "Elle n’est liée à aucun compte" in answer.text


def test_an_answer_that_is_none_keeps_the_name_that_was_typed(visitor, person, knock):
    person("editor")
    knock()
    _, token = asked(visitor.get(OWN).text, "create")

    answer = visitor.submit(f"{OWN}/cles", name="Ordinateur", ceremony=token, credential="{}")

    assert answer.status_code == 422
    assert 'value="Ordinateur"' in answer.text


def test_without_a_name_on_https_no_passkey_is_offered(app, visitor, person, knock):
    person("editor")
    app.config["BASE_URL"] = "http://127.0.0.1:8000"
    knock()

    assert "data-passkey" not in visitor.get("/connexion").text
    assert "demandent un site en https" in visitor.get(OWN).text


def test_the_factors_of_somebody_else_are_out_of_reach(visitor, person, application, knock, device):
    person("editor")
    knock()
    add_passkey(visitor, device)
    other = person("editor", email="dominic@exemple.fr")
    application(other)
    visitor.submit("/deconnexion")
    (row,) = queries.passkeys(1) or queries.passkeys(other)
    stranger = visitor.application.test_client()
    person("editor", email="eve@exemple.fr")
    stranger.submit("/connexion", email="eve@exemple.fr", passphrase="sept phares et une marée")

    assert stranger.submit(f"{OWN}/cles/{row.id}/nom", name="À moi").status_code == 404
    assert stranger.get(f"{OWN}/cles/{row.id}/retrait").status_code == 404
    assert stranger.submit(f"{OWN}/cles/{row.id}/retrait").status_code == 404
    assert queries.by_credential(row.credential_id).name == "Téléphone"


def test_what_opens_the_account_afterwards_is_said_before_a_factor_goes(
    visitor, person, application, knock, device
):
    account = person("editor")
    knock()
    add_passkey(visitor, device)
    (row,) = queries.passkeys(account)
    last = "C’est votre dernière seconde preuve"

    assert "Retirer la clé « Téléphone »" in plain(visitor.get(f"{OWN}/cles/{row.id}/retrait").text)
    assert last in plain(visitor.get(f"{OWN}/cles/{row.id}/retrait").text)
    assert visitor.get(f"{OWN}/application/retrait").location == OWN

    application(account)
    for way in (f"{OWN}/cles/{row.id}/retrait", f"{OWN}/application/retrait"):
        assert way in visitor.get(OWN).text
        assert last not in plain(visitor.get(way).text)
    assert queries.of(account).number == 2


def plain(text):
    return text.replace("\u00a0", " ")
