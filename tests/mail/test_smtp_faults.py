"""Whatever a relay does wrong, at whatever stage: each mail ends as it should, the others leave."""

import pytest
from mail.carrying import carried
from mail.fault_server import CAPABILITIES, FaultServer, serving

from mailer.mail.outcome import Kind, Stage
from mailer.mail.relays import Relay
from mailer.mail.transports import Envelope
from mailer.mail.transports.smtp import Smtp

PEOPLE = ("ana", "victime", "bob", "zoe")
STAGES = ("rcpt", "data", "final")
ANSWERS = {"451 4.3.0 later": Kind.DEFERRED, "554 5.7.1 no": Kind.REJECTED}
SILENCES = ("drop", "hang", "\x00\x01 garbage", "999 no such code")


def send(server: FaultServer, connections: int = 1) -> dict[str, object]:
    """The outcome of a mail to each of four people, by name."""
    seconds = 1 if server.fault == "hang" else 20
    relay = Relay(
        "relay", "127.0.0.1", server.port, connections=connections, seconds_per_mail=seconds
    )
    content = b"Subject: Bonjour\r\n\r\n.point\r\n"
    envelopes = (
        Envelope(key, "rebond@exemple.fr", f"{name}@exemple.fr", content)
        for key, name in enumerate(PEOPLE)
    )
    answers = carried(Smtp(relay), envelopes)
    assert sorted(key for key, _ in answers) == [0, 1, 2, 3]
    return {PEOPLE[key]: outcome for key, outcome in answers}


def taken(server: FaultServer) -> set[str]:
    names = [recipient.partition("@")[0] for recipient, _ in server.taken]
    assert len(names) == len(set(names))
    return set(names)


@pytest.fixture(params=[CAPABILITIES, ()], ids=["pipelined", "stepwise"])
def capabilities(request):
    return request.param


@pytest.fixture(params=[1, 3], ids=["one-session", "three-sessions"])
def connections(request):
    return request.param


def test_a_relay_that_does_nothing_wrong_takes_every_mail_once(capabilities, connections):
    with serving(FaultServer(capabilities=capabilities)) as server:
        outcomes = send(server, connections)

    assert {outcome.kind for outcome in outcomes.values()} == {Kind.ACCEPTED}
    assert taken(server) == set(PEOPLE)
    assert server.taken[0][1] == b"Subject: Bonjour\r\n\r\n.point\r\n"


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("stage", STAGES)
def test_a_refusal_concerns_one_recipient(capabilities, connections, stage, answer):
    with serving(FaultServer(stage, answer, capabilities)) as server:
        outcomes = send(server, connections)

    victim = outcomes.pop("victime")
    assert (victim.kind, victim.stage) == (ANSWERS[answer], Stage(stage))
    assert victim.status == answer.split()[1]
    assert {outcome.kind for outcome in outcomes.values()} == {Kind.ACCEPTED}
    assert taken(server) == {"ana", "bob", "zoe"}


@pytest.mark.parametrize("fault", SILENCES)
@pytest.mark.parametrize("stage", STAGES)
def test_a_broken_dialogue_costs_one_mail(capabilities, connections, stage, fault):
    with serving(FaultServer(stage, fault, capabilities)) as server:
        outcomes = send(server, connections)

    victim = outcomes.pop("victime")
    expected = Kind.UNCERTAIN if stage == "final" else Kind.DEFERRED
    assert (victim.kind, victim.relay_down) == (expected, False)
    assert {outcome.kind for outcome in outcomes.values()} == {Kind.ACCEPTED}
    assert taken(server) == {"ana", "bob", "zoe"}


@pytest.mark.parametrize("fault", SILENCES)
@pytest.mark.parametrize("stage", ["greeting", "ehlo"])
def test_without_a_session_nobody_is_blamed(capabilities, connections, stage, fault):
    with serving(FaultServer(stage, fault, capabilities)) as server:
        outcomes = send(server, connections)

    assert {(o.kind, o.relay_down) for o in outcomes.values()} == {(Kind.DEFERRED, True)}
    assert server.taken == []


@pytest.mark.parametrize("answer", ["421 4.3.2 closing", "554 5.3.2 not here"])
@pytest.mark.parametrize("stage", ["greeting", "ehlo"])
def test_a_refused_session_says_that_the_relay_is_down(capabilities, stage, answer):
    with serving(FaultServer(stage, answer, capabilities)) as server:
        outcomes = send(server)

    assert {(o.stage, o.relay_down) for o in outcomes.values()} == {(Stage.CONNECT, True)}
    assert {o.status for o in outcomes.values()} == {answer.split()[1]}


def test_a_relay_that_drops_every_mail_is_left_alone_soon(capabilities):
    with serving(FaultServer("mail", "drop", capabilities)) as server:
        outcomes = send(server)

    assert [o.kind for o in outcomes.values()] == [Kind.DEFERRED] * 4
    assert [o.relay_down for o in outcomes.values()] == [False, False, False, True]
    assert server.sessions == 3


def test_a_refused_sender_is_said_for_each_mail(capabilities):
    with serving(FaultServer("mail", "550 5.1.8 unknown sender", capabilities)) as server:
        outcomes = send(server)

    assert {(o.kind, o.stage) for o in outcomes.values()} == {(Kind.REJECTED, Stage.MAIL)}
    assert server.sessions == 1


def test_a_relay_that_wants_the_content_of_a_refused_mail_never_gets_it():
    fault = FaultServer("rcpt", "550 5.1.1 nobody", asks_for_refused_content=True)
    with serving(fault) as server:
        outcomes = send(server)

    assert outcomes["victime"].status == "5.1.1"
    assert taken(server) == {"ana", "bob", "zoe"}


def test_a_relay_that_takes_few_mails_a_session_gets_more_sessions(capabilities):
    with serving(FaultServer(capabilities=capabilities, largest_session=1)) as server:
        outcomes = send(server)

    assert {outcome.kind for outcome in outcomes.values()} == {Kind.ACCEPTED}
    assert server.sessions == 4


def test_a_relay_that_closes_before_the_first_mail_is_down(capabilities):
    with serving(FaultServer(capabilities=capabilities, largest_session=0)) as server:
        outcomes = send(server)

    assert {(o.status, o.relay_down) for o in outcomes.values()} == {("4.7.0", True)}
    assert server.sessions == 1


def test_a_closed_port_is_a_relay_that_is_down():
    with serving(FaultServer()) as server:
        pass

    outcomes = send(server)

    assert {(o.status, o.relay_down) for o in outcomes.values()} == {("4.4.1", True)}


def test_an_address_that_is_none_never_reaches_the_relay():
    envelope = Envelope(1, "", "zoe@exemple.fr>\r\nRCPT TO:<x@exemple.fr", b"\r\n")
    with serving(FaultServer()) as server:
        ((_, outcome),) = carried(Smtp(Relay("relay", "127.0.0.1", server.port)), [envelope])

    assert (outcome.kind, outcome.status) == (Kind.REJECTED, "5.1.3")
    assert not any(command.startswith(b"RCPT") for command in server.commands)


@pytest.mark.parametrize("offered", [True, False])
def test_an_accented_local_part_leaves_only_where_smtputf8_is_offered(offered):
    envelope = Envelope(1, "rebond@exemple.fr", "zoé@exemple.fr", b"\r\n")
    extensions = ("SMTPUTF8",) if offered else ("PIPELINING",)
    with serving(FaultServer(capabilities=extensions)) as server:
        ((_, outcome),) = carried(Smtp(Relay("relay", "127.0.0.1", server.port)), [envelope])

    assert outcome.status == ("2.0.0" if offered else "5.6.7")
    assert (b"MAIL FROM:<rebond@exemple.fr> SMTPUTF8" in server.commands) is offered


def commands_to(extensions, envelope):
    with serving(FaultServer(capabilities=extensions)) as server:
        carried(Smtp(Relay("relay", "127.0.0.1", server.port)), [envelope])
    return [line for line in server.commands if line.startswith((b"MAIL", b"RCPT"))]


def test_where_dsn_is_offered_failures_and_delays_are_asked_for():
    envelope = Envelope(1, "rebond+12.ab@exemple.fr", "zoe+x=1@exemple.fr", b"\r\n")

    assert commands_to(("DSN",), envelope) == [
        b"MAIL FROM:<rebond+12.ab@exemple.fr> RET=HDRS ENVID=rebond+2B12.ab",
        b"RCPT TO:<zoe+x=1@exemple.fr> NOTIFY=FAILURE,DELAY ORCPT=rfc822;zoe+2Bx+3D1@exemple.fr",
    ]


def test_nobody_is_to_be_told_of_a_mail_without_a_way_back():
    envelope = Envelope(1, "", "zoe@exemple.fr", b"\r\n")

    assert commands_to(("DSN",), envelope) == [b"MAIL FROM:<>", b"RCPT TO:<zoe@exemple.fr>"]


def test_an_accented_domain_leaves_in_ascii():
    envelope = Envelope(1, "rebond@exemple.fr", "zoe@mairie-évian.fr", b"\r\n")

    assert commands_to((), envelope)[1] == b"RCPT TO:<zoe@xn--mairie-vian-hbb.fr>"
