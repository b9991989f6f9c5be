"""What the application makes of a proxy in front of it, and of https."""

import ssl

import pytest
from flask import request

from mailer.app import create_app
from mailer.mail.relays import Relay
from mailer.mail.transports.opening import encryption
from mailer.outgoing.rules import Rules
from mailer.web.access import public

FORGED = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "http, https"}


@pytest.fixture
def told(tmp_path):
    """`told(1)`: the address and scheme that a page sees behind that many proxies."""

    def ask(proxies):
        app = create_app({"DATA_FOLDER": str(tmp_path), "PROXIES": proxies})

        @app.get("/qui")
        @public
        def who():
            return f"{request.remote_addr} {request.scheme}"

        return app.test_client().get("/qui", headers=FORGED).text

    return ask


def test_without_a_proxy_what_a_visitor_writes_of_themselves_is_not_believed(told):
    assert told(0) == "127.0.0.1 http"


def test_behind_one_proxy_its_own_word_counts_and_not_the_visitors(told):
    assert told(1) == "198.51.100.7 https"


def test_over_https_the_cookie_is_of_this_host_alone(tmp_path):
    config = create_app(
        {"DATA_FOLDER": str(tmp_path), "BASE_URL": "https://lettre.exemple.fr"}
    ).config

    assert config["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert (config["SESSION_COOKIE_SECURE"], config["SESSION_COOKIE_HTTPONLY"]) == (True, True)
    assert (config["SESSION_COOKIE_DOMAIN"], config["SESSION_COOKIE_PATH"]) == (None, None)
    assert config["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_the_program_does_not_run_as_one_that_is_debugged(tmp_path):
    app = create_app({"DATA_FOLDER": str(tmp_path)})

    assert (app.debug, app.testing, app.config["DEMO"]) == (False, False, False)


@pytest.mark.parametrize(
    "context", [Rules().trust(), encryption(Relay("principal", "relais.exemple.fr", 587))]
)
def test_we_speak_tls_1_2_at_least_and_only_to_who_shows_a_certificate(context):
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
