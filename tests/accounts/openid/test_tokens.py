"""What of a token is believed, what people are called, and what is asked of the provider."""

import hmac
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from mailer.accounts.openid import asking, discovery, journeys, mapping, tokens
from mailer.accounts.openid.persons import Shape, person
from mailer.accounts.openid.refusals import Refusal, Refused
from mailer.accounts.openid.tokens import Expected
from mailer.accounts.roles import Role

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NOW = int(AT.timestamp())
EXPECTED = Expected("https://id.exemple.fr", "lettre", "n" * 43, "access")
CLAIMS = {
    "iss": EXPECTED.issuer, "aud": "lettre", "sub": "7", "nonce": EXPECTED.nonce,
    "iat": NOW, "exp": NOW + 60,
}  # fmt: skip
KEYS = ["a key for tests"]


@pytest.fixture(scope="module")
def key():
    made = RSAKey.generate_key(2048)
    made.ensure_kid()
    return made


def shown(key):
    return tokens.keys(json.dumps(KeySet([key]).as_dict(private=False)).encode())


def test_a_token_of_the_key_is_believed(key):
    token = jwt.encode({"alg": "RS256", "kid": key.kid}, CLAIMS, key)

    assert tokens.identity(token, shown(key), EXPECTED, AT)["sub"] == "7"


@pytest.mark.parametrize("late", [timedelta(minutes=3), timedelta(days=1)])
def test_and_no_longer_than_it_says(key, late):
    token = jwt.encode({"alg": "RS256", "kid": key.kid}, CLAIMS, key)

    with pytest.raises(Refused):
        tokens.identity(token, shown(key), EXPECTED, AT + late)


def test_a_public_key_taken_for_a_shared_secret_signs_nothing(key):
    """What everybody can read, used as the key of an HMAC (RFC 8725, 2.1)."""
    parts = [{"alg": "HS256", "kid": key.kid}, CLAIMS]
    signed = b".".join(urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in parts)
    proof = hmac.digest(key.as_pem(private=False), signed, "sha256")
    token = (signed + b"." + urlsafe_b64encode(proof).rstrip(b"=")).decode()

    with pytest.raises(Refused):
        tokens.identity(token, shown(key), EXPECTED, AT)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"keys": 7}', b'{"keys": [{"kty": "RSA"}]}', b"[" * 100_000],
)
def test_what_is_no_list_of_keys_is_not_believed(content):
    with pytest.raises(Refused):
        tokens.keys(content)


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "é.é.é", "." * 10_000])
def test_what_is_no_token_is_not_believed(key, token):
    with pytest.raises(Refused):
        tokens.identity(token, shown(key), EXPECTED, AT)


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_what_is_no_claims_is_not_believed(key, content):
    with pytest.raises(Refused):
        tokens.userinfo(content, "application/json", shown(key), EXPECTED)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"null", b"[" * 100_000])
def test_what_is_no_provider_is_not_believed(content):
    with pytest.raises(Refused):
        discovery.provider(content, EXPECTED.issuer)


VOUCHED = {"email": "n@exemple.fr", "email_verified": True}
PERSONS = [
    (Shape.STANDARD, {}, VOUCHED | {"name": "Nora B."}, ("n@exemple.fr", "Nora B.", set())),
    (Shape.STANDARD, VOUCHED, {"given_name": "Nora"}, ("n@exemple.fr", "Nora", set())),
    (Shape.STANDARD, {}, VOUCHED, ("n@exemple.fr", "n@exemple.fr", set())),
    (Shape.STANDARD, {}, {"email": "n@exemple.fr", "email_verified": 1}, ("", "", set())),
    (
        Shape.KEYCLOAK,
        {"realm_access": {"roles": ["r", 7]}},
        VOUCHED | {"groups": ["/a/b", None]},
        ("n@exemple.fr", "n@exemple.fr", {"a/b", "r"}),
    ),
    (Shape.KEYCLOAK, {"realm_access": "all"}, {"groups": "all"}, ("", "", set())),
    (Shape.STANDARD, {"realm_access": {"roles": ["r"]}}, {}, ("", "", set())),
    (
        Shape.PROCONNECT,
        {},
        {"email": "n@exemple.gouv.fr", "given_name": "Nora", "usual_name": "Belledune"},
        ("n@exemple.gouv.fr", "Nora Belledune", set()),
    ),
]


@pytest.mark.parametrize(("shape", "token", "info", "found"), PERSONS)
def test_each_kind_of_provider_is_read_in_its_own_words(shape, token, info, found):
    who = person({"sub": "7", **token}, info, shape)

    assert (who.email, who.name, who.groups) == found


def test_only_groups_that_the_table_names_give_roles():
    table = {"redaction": ["editor"], "tout": ["editor", "admin"]}

    assert mapping.roles(["redaction", "autre"], table) == {Role.EDITOR}
    assert mapping.roles(["tout"], table) == {Role.EDITOR, Role.ADMIN}
    assert mapping.roles(["tout"], {}) == set()


def test_a_second_factor_is_wished_for_in_the_providers_own_way():
    assert asking.wished([], Shape.PROCONNECT) == {}
    assert asking.wished(["mfa", "gold"], Shape.KEYCLOAK) == {"acr_values": "mfa gold"}
    claims = json.loads(asking.wished(["eidas2"], Shape.PROCONNECT)["claims"])
    assert claims == {"id_token": {"amr": None, "acr": {"values": ["eidas2"]}}}


def test_an_address_that_has_a_query_already_keeps_it():
    assert asking.at("https://a.example/x?y=1", {"z": "é"}) == "https://a.example/x?y=1&z=%C3%A9"


def test_no_two_journeys_are_alike_and_pkce_is_the_one_of_the_standard():
    first, second = journeys.begin(AT, ""), journeys.begin(AT, "")

    assert len({first.state, first.nonce, first.verifier, second.state}) == 4
    # RFC 7636, appendix B.
    given = journeys.Journey("", "", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", 0, "")
    assert given.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize("cookie", ["", "zz", "00" * 40])
def test_a_cookie_that_is_none_of_ours_ends_no_journey(cookie):
    with pytest.raises(Refused, match=Refusal.FOREIGN):
        journeys.opened(cookie, "", KEYS, AT)


def test_what_the_browser_carries_cannot_be_read_by_it():
    journey = journeys.begin(AT, "/bureau")

    assert journey.verifier.encode() not in bytes.fromhex(journeys.closed(journey, KEYS))
    assert journeys.opened(journeys.closed(journey, KEYS), journey.state, KEYS, AT) == journey
