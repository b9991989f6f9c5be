"""Which relays the settings may name."""

from datetime import date

import pytest

from mailer.app import create_app
from mailer.mail import relay
from mailer.settings import BadSetting

FIRST = {"name": "a", "host": "relais.exemple.fr", "security": "verify"}


@pytest.fixture
def start(tmp_path):
    """Start the application with these settings."""

    def with_settings(**settings):
        return create_app({"DATA_FOLDER": str(tmp_path), **settings})

    return with_settings


@pytest.fixture
def relays(start):
    """`relays(FIRST)`: the relays that the settings make of that."""

    def of(*given):
        with start(SMTP_RELAYS=list(given)).app_context():
            return relay.relays()

    return of


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_relay_on_this_machine_may_be_spoken_to_in_plain_text(start, host):
    start(SMTP_HOST=host, SMTP_USER="estran")


@pytest.mark.parametrize("host", ["relais.exemple.fr", "192.0.2.1"])
def test_any_other_relay_needs_encryption(start, host):
    with pytest.raises(BadSetting, match="SMTP_SECURITY"):
        start(SMTP_HOST=host)
    start(SMTP_HOST=host, SMTP_SECURITY="verify")


def test_a_password_is_shown_to_no_relay_that_anybody_may_be(start):
    opportunistic = {"SMTP_HOST": "mx.exemple.fr", "SMTP_SECURITY": "opportunistic"}
    start(**opportunistic)
    with pytest.raises(BadSetting, match=r"SMTP_SECURITY must be .*password"):
        start(**opportunistic, SMTP_USER="estran")


@pytest.mark.parametrize("name", ["ssl", "starttls"])
def test_an_unknown_kind_of_encryption_is_named(start, name):
    choices = "verify, tls, opportunistic, plain"
    with pytest.raises(BadSetting, match=f"SMTP_SECURITY must be one of {choices}"):
        start(SMTP_SECURITY=name)


def test_without_a_list_there_is_the_relay_of_smtp_host(start):
    app = start(SMTP_PORT=2600, SMTP_CONNECTIONS=7, SENDER_ADDRESS="lettre@estran.fr")
    with app.app_context():
        ((name, only),) = relay.relays().items()

    assert (name, only.port, only.connections) == ("principal", 2600, 7)
    assert only.client_name == "estran.fr"


def test_each_relay_of_the_list_has_its_own_account_domains_and_limits(relays, monkeypatch):
    monkeypatch.setenv("RELAY_B_PASSWORD", "secret")
    second = {
        "name": "b",
        "host": "b.exemple.fr",
        "security": "tls",
        "port": 465,
        "user": "estran",
        "password_from": "RELAY_B_PASSWORD",
        "recipients": ["Orange.fr"],
        "per_hour": 500,
        "warm_up_from": "2026-03-02",
    }

    a, b = relays(FIRST, second).values()

    assert (a.name, a.port, a.recipients, a.weight) == ("a", 25, (), 1)
    assert (b.password, b.recipients, b.per_hour) == ("secret", ("orange.fr",), 500)
    assert b.warm_up_from == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("relais.exemple.fr", r'SMTP_RELAYS\[0\] must have a "name"'),
        ({"name": "a b"}, r'SMTP_RELAYS\[0\] must have a "name"'),
        ({"name": "a"}, 'SMTP_RELAYS "a" lacks host, security'),
        (FIRST | {"hots": "x"}, r'SMTP_RELAYS "a" knows name, .*, not hots'),
        (FIRST | {"port": 0}, 'SMTP_RELAYS "a": port must be a port'),
        (FIRST | {"weight": True}, "weight must be a whole number, 1 or more"),
        (FIRST | {"senders": "exemple.fr"}, "senders must be a list of domains"),
        (FIRST | {"recipients": ["x@y.fr"]}, "recipients must be a list of domains"),
        (FIRST | {"warm_up_from": "hier"}, "warm_up_from must be a day"),
        (FIRST | {"password_from": "NO_SUCH_VARIABLE"}, "must name a variable that is set"),
        (FIRST | {"password_from": "PATH", "password": "x"}, "must name a variable that is set"),
        (FIRST | {"security": "plain"}, 'SMTP_RELAYS "a": security "plain" is for a relay on'),
        (FIRST | {"security": "ssl"}, 'SMTP_RELAYS "a": security must be one of verify, tls'),
    ],
)
def test_what_makes_no_sense_of_a_relay_is_named(relays, given, sentence):
    with pytest.raises(BadSetting, match=sentence):
        relays(given)


def test_two_relays_of_one_name_are_refused(relays):
    with pytest.raises(BadSetting, match="a name of its own"):
        relays(FIRST, FIRST)
