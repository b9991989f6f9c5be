"""Which key opens which route, how often, and what is told to one that may not."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from mailer.accounts.keys import operations as keys
from mailer.accounts.keys.models import ApiKey
from mailer.accounts.keys.scopes import Scope
from mailer.clock import now
from mailer.db import db, transaction
from mailer.web.access import is_keyed, scope_of

METHODS = ("GET", "POST", "PATCH", "DELETE")
BEARER = 'Bearer realm="mailer"'
INVALID = f'{BEARER}, error="invalid_token"'
# By what is shown; who shows no key has made no error (RFC 6750, 3.1).
CHALLENGES = {
    "": BEARER,
    "Bearer ": BEARER,
    "Basic bWxyOmxpdmU=": BEARER,
    "Bearer quelconque": INVALID,
    "bearer mlr_live_" + "0" * 43: INVALID,
}


def operations(app):
    """Each route of the API with its method and its scope."""
    for rule in app.url_map.iter_rules():
        if is_keyed(app, rule.endpoint):
            path = rule.rule.removeprefix("/api/v1").replace("<int:", "<")
            for method in sorted(rule.methods & set(METHODS)):
                numbers = path
                for name in rule.arguments:
                    numbers = numbers.replace(f"<{name}>", "1")
                yield method, numbers, scope_of(app, rule.endpoint)


def test_each_scope_opens_its_routes_and_no_other(app, program):
    opened = {}
    for scope in Scope:
        holder = program(scope.value)
        for method, path, needed in operations(app):
            status = holder.send(method, path, {}).status_code
            assert (status != 403) == (scope == needed), f"{scope} on {method} {path}: {status}"
            opened.setdefault(needed, set()).add(path)

    assert set(opened) == set(Scope)


def test_no_route_opens_without_a_key(app):
    client = app.test_client(use_cookies=False)
    for method, path, _scope in operations(app):
        for shown, challenge in CHALLENGES.items():
            answer = client.open(f"/api/v1{path}", method=method, headers={"Authorization": shown})
            assert (answer.status_code, answer.json["code"]) == (401, "key-missing")
            assert answer.headers["WWW-Authenticate"] == challenge


def test_a_key_that_lacks_a_scope_is_told_which(program):
    answer = program("lists:read").post("/lists", {})

    wanted = f'{BEARER}, error="insufficient_scope", scope="lists:write"'
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == wanted


def test_a_cookie_of_the_desk_opens_nothing_here(staff):
    assert staff("admin", "subscribers").get("/api/v1/subscribers").status_code == 401


def test_a_key_that_was_revoked_is_refused_at_once(app, program):
    site = program("lists:read")
    assert site.get("/lists").status_code == 200

    with transaction():
        number = db.session.scalar(select(ApiKey.id))
        keys.revoke(number, "account:1", now())

    after = site.get("/lists")
    assert after.status_code == 401
    assert after.headers["WWW-Authenticate"] == INVALID


def test_a_key_that_expired_is_refused(program):
    site = program("lists:read")

    with time_machine.travel(now() + timedelta(days=400), tick=False):
        after = site.get("/lists")

    assert after.status_code == 401
    assert after.headers["WWW-Authenticate"] == INVALID


def test_a_key_is_told_how_much_of_its_minute_is_left(app, program):
    app.config["API_REQUESTS_A_MINUTE"] = 2
    site = program("lists:read")

    first, _second, third = (site.get("/lists") for _ in range(3))

    assert first.headers["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert first.headers["RateLimit"].startswith('"minute";r=1;t=')
    assert (third.status_code, third.json["code"]) == (429, "too-many-requests")
    assert 0 <= int(third.headers["Retry-After"]) <= 60
    used = db.session.scalar(select(ApiKey.last_used_at))
    assert now() - used < timedelta(minutes=1)


def json_of(text):
    return {"data": text, "content_type": "application/json"}


@pytest.mark.parametrize(
    ("method", "path", "sent", "told"),
    [
        ("GET", "/nulle-part", {}, (404, "not-found")),
        ("GET", "/lists/99999999999", {}, (404, "not-found")),
        ("PUT", "/lists", {}, (405, "method-not-allowed")),
        ("GET", "/lists", {"headers": {"Accept": "text/html"}}, (406, "not-acceptable")),
        ("POST", "/lists", {"data": "nom=x", "content_type": "text/plain"}, (415, "media-type")),
        ("POST", "/lists", json_of("{"), (400, "unreadable")),
        ("POST", "/lists", json_of("[" * 9000), (400, "unreadable")),
        ("POST", "/lists", json_of("NaN"), (400, "unreadable")),
        ("POST", "/lists", json_of("9" * 5000), (400, "unreadable")),
        ("POST", "/lists", json_of("x" * 2_000_001), (413, "too-large")),
        ("POST", "/lists", json_of("7"), (422, "invalid")),
        ("POST", "/lists", json_of('{"name":"\\u0000\\ud800"}'), (422, "invalid")),
    ],
)
def test_every_refusal_is_a_problem_with_its_code(program, method, path, sent, told):
    site = program()
    given = sent.get("headers", {}) | {"Authorization": f"Bearer {site.secret}"}

    answer = site.client.open(f"/api/v1{path}", method=method, **sent | {"headers": given})

    assert answer.mimetype == "application/problem+json"
    assert (answer.status_code, answer.json["code"]) == told
    assert answer.json["status"] == answer.status_code
