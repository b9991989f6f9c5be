"""The carrier against a real server: encryption, login, many mails, many sessions."""

import asyncio
import ssl
from dataclasses import dataclass
from datetime import timedelta

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from mail.carrying import carried
from mail.certificate import write_certificate
from mail.fault_server import FaultServer, serving
from mail.listening import LOOPBACK, listening

from mailer.clock import now
from mailer.mail.outcome import Kind, Stage
from mailer.mail.relays import Relay
from mailer.mail.transports import Envelope
from mailer.mail.transports.smtp import Smtp
from mailer.mail.transports.stepwise import Stepwise

# On the loopback the test server may ask for a login without TLS; it warns of that.
plain_login = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

CONTENT = b"Subject: Bonjour\r\n\r\n" + b".x" * 30 + b"\r\n.\r\n..\r\nfin\r\n"


class Taken:
    """What a relay took."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.encrypted: set[bool] = set()

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.encrypted.add(server.transport.get_extra_info("ssl_object") is not None)
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return "250 2.0.0 taken"


def relay(taken, *, tls=None, **options):
    """The port of a server, while the block lasts."""

    async def start():
        loop = asyncio.get_running_loop()
        return await loop.create_server(
            lambda: SMTP(taken, hostname="relais", loop=loop, **options), LOOPBACK, 0, ssl=tls
        )

    return listening(start)


@pytest.fixture
def taken():
    return Taken()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for localhost that signs itself."""
    return write_certificate(tmp_path_factory.mktemp("tls"), "localhost", now(), timedelta(days=1))


@pytest.fixture(scope="module")
def server_tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.chain, certificate.key)
    return context


def envelopes(count=1):
    return (
        Envelope(n, f"rebond+{n}@exemple.fr", f"p{n}@exemple.fr", CONTENT) for n in range(count)
    )


@pytest.fixture(params=[Smtp, Stepwise])
def outcome_of(request):
    """`outcome_of(port)`: the answer to one mail, by each carrier."""

    def by_carrier(port, **options):
        return _outcome(request.param, port, **options)

    return by_carrier


def _outcome(carrier, port, **options):
    ((_, outcome),) = carried(carrier(Relay("relay", "localhost", port, **options)), envelopes())
    return outcome


@pytest.mark.parametrize("connections", [1, 4])
def test_every_mail_arrives_as_it_was_written(taken, connections):
    with relay(taken) as port:
        carrier = Smtp(Relay("relay", "127.0.0.1", port, connections=connections))
        answers = dict(carried(carrier, envelopes(50)))

    assert {outcome.kind for outcome in answers.values()} == {Kind.ACCEPTED}
    assert sorted(taken.mails) == sorted(
        (f"rebond+{n}@exemple.fr", [f"p{n}@exemple.fr"], CONTENT) for n in range(50)
    )


def test_no_mail_needs_no_session(taken):
    assert carried(Smtp(Relay("relay", "127.0.0.1", 1)), []) == []


@pytest.mark.parametrize("security", ["tls", "verify"])
def test_it_speaks_tls_to_a_relay_with_the_right_certificate(
    taken, certificate, server_tls, security, outcome_of
):
    tls = {"tls": server_tls} if security == "tls" else {"tls_context": server_tls}
    with relay(taken, **tls) as port:
        outcome = outcome_of(port, security=security, certificates=certificate.chain)

    assert (outcome.kind, taken.encrypted) == (Kind.ACCEPTED, {True})


@pytest.mark.parametrize("security", ["tls", "verify"])
def test_a_certificate_that_nobody_vouches_for_is_refused(taken, server_tls, security, outcome_of):
    tls = {"tls": server_tls} if security == "tls" else {"tls_context": server_tls}
    with relay(taken, **tls) as port:
        outcome = outcome_of(port, security=security)

    assert (outcome.relay_down, taken.mails) == (True, [])


def test_without_starttls_nothing_is_said_in_plain_text(taken, outcome_of):
    with relay(taken) as port:
        outcome = outcome_of(port, security="verify")

    assert (outcome.status, outcome.relay_down, taken.mails) == ("4.7.4", True, [])


def login(_server, _session, _envelope, _mechanism, data):
    known = (data.login, data.password) == (b"estran", b"secret")
    return AuthResult(success=known, handled=False)


@plain_login
@pytest.mark.parametrize("unwanted", ["PLAIN", "LOGIN"])
def test_it_logs_in_by_the_method_that_is_offered(taken, unwanted, outcome_of):
    options = {"authenticator": login, "auth_require_tls": False, "auth_required": True}
    with relay(taken, auth_exclude_mechanism=[unwanted], **options) as port:
        outcome = outcome_of(port, user="estran", password="secret")

    assert outcome.kind is Kind.ACCEPTED


@plain_login
def test_a_wrong_password_stops_all_and_blames_nobody(taken, outcome_of):
    options = {"authenticator": login, "auth_require_tls": False, "auth_required": True}
    with relay(taken, **options) as port:
        outcome = outcome_of(port, user="estran", password="perdu")

    assert (outcome.kind, outcome.stage) == (Kind.REJECTED, Stage.AUTH)
    assert outcome.relay_down


def test_a_login_that_is_not_offered_is_not_left_out(taken, outcome_of):
    with relay(taken) as port:
        outcome = outcome_of(port, user="estran", password="secret")

    assert (outcome.stage, taken.mails) == (Stage.AUTH, [])


def test_the_password_stands_in_no_representation():
    assert "secret" not in repr(Relay("relay", "localhost", 25, user="estran", password="secret"))


@dataclass
class Broken:
    """A logbook in which nothing can be written."""

    error: Exception

    def leaves(self, _key):
        raise self.error

    def answered(self, key, outcome):
        raise AssertionError((key, outcome))


@pytest.mark.parametrize("error", [OSError("the disk is full"), KeyError("a fault of ours")])
def test_nothing_leaves_that_cannot_be_written_down(error):
    with serving(FaultServer()) as server, pytest.raises(type(error)):
        list(Smtp(Relay("relay", "127.0.0.1", server.port)).send(envelopes(3), Broken(error)))
    assert server.taken == []


def test_what_the_source_of_the_mails_raises_ends_the_round():
    def failing():
        yield from envelopes(1)
        raise LookupError

    with serving(FaultServer()) as server, pytest.raises(LookupError):
        list(Smtp(Relay("relay", "127.0.0.1", server.port)).send(failing()))
