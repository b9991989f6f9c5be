"""What a broken provider, or somebody in its place, answers: nobody is signed in."""

import time
from urllib.parse import urlsplit

import pytest
from accounts.openid.conftest import PASSPHRASE, follow

from mailer.db import db

VERIFIED = {"email": "camille@exemple.fr", "email_verified": True}

SAYS = {
    "the nonce of another question": {"nonce": "x" * 43},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "somebody-else"},
    "another audience beside us": {"aud": ["lettre", "somebody-else"], "azp": "lettre"},
    "another authorised party": {"azp": "somebody-else"},
    "another issuer": {"iss": "https://ailleurs.example"},
    "a token that is over": {"exp": 1_700_000_000},
    "a token of tomorrow": {"nbf": int(time.time()) + 86_400},
    "no subject": {"sub": None},
    "a token of another access": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
}


@pytest.fixture(autouse=True)
def person(provider, camille):
    provider.info = dict(VERIFIED)


def is_refused(visitor, answer, status):
    outside = visitor.get("/bureau").location
    return (answer.status_code, outside) == (status, "/connexion?next=/bureau")


@pytest.mark.parametrize("fault", SAYS)
def test_a_token_that_says_otherwise_opens_nothing(visitor, provider, travel, fault):
    provider.token_says = SAYS[fault]

    assert is_refused(visitor, travel(), 502)


def test_an_unsigned_token_opens_nothing(visitor, provider, travel):
    provider.signs_nothing = True

    assert is_refused(visitor, travel(), 502)


def test_a_token_signed_by_a_key_that_is_not_shown_opens_nothing(visitor, provider, travel):
    provider.shows_old_keys = True
    provider.rotate()

    assert is_refused(visitor, travel(), 502)


def test_without_a_fault_the_same_way_opens_the_desk(visitor, travel):
    assert travel().status_code == 303
    assert visitor.get("/bureau").status_code == 200


@pytest.mark.parametrize(
    "says", [{"iss": "https://ailleurs.example"}, {"aud": "somebody-else"}, {"sub": "another"}]
)
def test_signed_claims_for_or_of_another_are_not_believed(visitor, provider, travel, says):
    provider.signs_info = True
    provider.info_says = says

    assert is_refused(visitor, travel(), 502)


def test_claims_that_nobody_signed_are_not_believed(visitor, provider, travel):
    provider.signs_info = True
    provider.signs_info_with_nothing = True

    assert is_refused(visitor, travel(), 502)


def test_claims_of_somebody_else_are_not_believed(visitor, provider, travel):
    provider.info["sub"] = "another"

    assert is_refused(visitor, travel(), 502)


@pytest.mark.parametrize(
    "says",
    [
        {"issuer": "https://ailleurs.example"},
        {"token_endpoint": "http://ailleurs.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_names_another_one_is_not_believed(visitor, provider, travel, says):
    provider.discovery_says = says

    assert is_refused(visitor, travel(), 502)


def test_a_provider_that_sends_us_elsewhere_is_not_followed(visitor, provider, travel):
    provider.redirects_to = f"{provider.issuer}/keys"

    assert is_refused(visitor, travel(), 502)


def test_a_provider_inside_the_house_is_asked_only_where_the_settings_open_it(
    app, visitor, provider, oidc
):
    oidc(OUTGOING_ALLOWED_NETWORKS=[])

    assert visitor.get("/connexion/openid").status_code == 502
    assert provider.asked == []


def test_no_transaction_is_open_while_the_provider_is_asked(provider, visitor, travel, camille):
    visitor.submit("/connexion", email="camille@exemple.fr", passphrase=PASSPHRASE)
    pool, held = db.engine.pool, []

    class Watched(list):
        def append(self, asked):
            held.append(pool.checkedout())
            super().append(asked)

    provider.asked = Watched()
    travel()

    assert held
    assert set(held) == {0}


def test_an_answer_for_another_browser_opens_nothing(app, visitor, travel, oidc):
    victim = app.test_client()
    sent = visitor.get("/connexion/openid")
    back = urlsplit(follow(sent.location))

    answer = victim.get(f"{back.path}?{back.query}")

    assert is_refused(victim, answer, 400)


@pytest.mark.parametrize("name", ["state", "iss", "code"])
def test_an_answer_that_was_changed_opens_nothing(visitor, travel, name):
    answer = travel(change=lambda address: address.replace(f"{name}=", f"{name}=x"))

    assert is_refused(visitor, answer, 400 if name == "state" else 502)


def test_an_answer_opens_once(app, visitor, travel, oidc):
    sent = visitor.get("/connexion/openid")
    back = urlsplit(follow(sent.location))
    before = visitor.get_cookie("openid-journey").value
    assert visitor.get(f"{back.path}?{back.query}").status_code == 303

    assert visitor.get_cookie("openid-journey") is None
    thief = app.test_client()
    thief.set_cookie("openid-journey", before)
    assert is_refused(thief, thief.get(f"{back.path}?{back.query}"), 502)


def test_who_gives_up_at_the_provider_is_told_so(visitor, travel):
    answer = travel(change=lambda address: address.replace("code=", "error=access_denied&x="))

    assert is_refused(visitor, answer, 403)
    assert "abandonnée" in answer.text
