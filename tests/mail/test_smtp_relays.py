"""Several relays at once: each carries its own mails, and fails for itself."""

from itertools import chain

import pytest
from mail.fault_server import FaultServer, serving

from mailer.mail.outcome import Kind, Stage
from mailer.mail.relays import Relay
from mailer.mail.transports import Envelope
from mailer.mail.transports.smtp import Smtp
from mailer.mail.transports.stepwise import Stepwise

both = pytest.mark.parametrize("carrier", [Smtp, Stepwise])


def relay(name, server, **options):
    return Relay(name, "127.0.0.1", server.port, **options)


def mail(key, by=""):
    return Envelope(key, "rebond@exemple.fr", f"p{key}@exemple.fr", b"Subject: x\r\n\r\nx\r\n", by)


def carried(carrier, envelopes):
    """The outcome of each mail, by its key."""
    return dict(chain.from_iterable(carrier.send(envelopes)))


@pytest.fixture
def a():
    with serving(FaultServer()) as server:
        yield server


@pytest.fixture
def b():
    with serving(FaultServer()) as server:
        yield server


@pytest.fixture
def closed():
    with serving(FaultServer()) as server:
        pass
    return server


def recipients(server):
    return sorted(recipient for recipient, _ in server.taken)


@both
def test_each_mail_goes_by_the_relay_that_it_names(a, b, carrier):
    mails = [mail(1, "a"), mail(2, "b"), mail(3), mail(4, "b")]

    answers = carried(carrier(relay("a", a), relay("b", b)), mails)

    assert {outcome.kind for outcome in answers.values()} == {Kind.ACCEPTED}
    assert recipients(a) == ["p1@exemple.fr", "p3@exemple.fr"]
    assert recipients(b) == ["p2@exemple.fr", "p4@exemple.fr"]


@both
def test_a_relay_that_is_down_keeps_no_other_from_working(a, closed, carrier):
    mails = (mail(n, "ab"[n % 2]) for n in range(40))

    answers = carried(carrier(relay("a", a, connections=2), relay("b", closed)), mails)

    assert {n for n, outcome in answers.items() if outcome.relay_down} == set(range(1, 40, 2))
    assert len(a.taken) == 20


def test_no_more_is_drawn_than_waits_for_a_busy_relay(a):
    drawn = []

    def mails():
        for n in range(100):
            drawn.append(n)
            yield mail(n, "b")

    with serving(FaultServer("mail", "hang")) as busy:
        answers = Smtp(relay("a", a), relay("b", busy, seconds_per_mail=1)).send(mails())
        while not busy.commands:
            next(answers)
        answers.close()

    assert len(drawn) <= 5


def test_one_mail_opens_one_connection(a):
    carried(Smtp(relay("a", a, connections=10)), [mail(1)])

    assert a.sessions == 1


@both
def test_a_connection_is_kept_while_there_is_nothing_to_send(a, carrier):
    mails = chain.from_iterable([mail(n), None, None] for n in range(5))

    carried(carrier(relay("a", a)), mails)

    assert (len(a.taken), a.sessions) == (5, 1)


@both
def test_a_connection_that_the_relay_closed_meanwhile_is_opened_again(carrier):
    mails = chain.from_iterable([mail(n), *[None] * 10] for n in range(3))
    with serving(FaultServer(hangs_up_after_each=True)) as server:
        answers = carried(carrier(relay("a", server, seconds_per_mail=5)), mails)

    assert {outcome.kind for outcome in answers.values()} == {Kind.ACCEPTED}
    assert server.sessions == 3


@both
def test_a_connection_that_the_relay_closes_under_the_next_mail_costs_nothing(carrier):
    with serving(FaultServer(hangs_up_after_each=True)) as server:
        answers = carried(carrier(relay("a", server, seconds_per_mail=5)), map(mail, range(20)))

    assert {outcome.kind for outcome in answers.values()} == {Kind.ACCEPTED}
    assert len(server.taken) == 20


@both
def test_a_connection_carries_no_more_than_it_may(a, carrier):
    answers = carried(carrier(relay("a", a, mails_per_connection=2)), map(mail, range(5)))

    assert {outcome.kind for outcome in answers.values()} == {Kind.ACCEPTED}
    assert a.sessions == 3
    # The last one may be on its way still.
    assert a.commands.count(b"QUIT") >= 2


@both
@pytest.mark.parametrize(("status", "sessions"), [("4.5.3 too many", 2), ("4.2.2 full", 1)])
def test_a_relay_that_has_had_enough_is_asked_by_another_connection(status, sessions, carrier):
    with serving(FaultServer("rcpt", f"452 {status}")) as server:
        people = ("victime", "ana", "bob")
        mails = [Envelope(n, "r@x.fr", f"{p}@x.fr", b"\r\n") for n, p in enumerate(people)]
        answers = carried(carrier(relay("a", server)), mails)

    assert (answers[0].kind, answers[0].relay_down) == (Kind.DEFERRED, False)
    assert (answers[1].kind, answers[2].kind) == (Kind.ACCEPTED, Kind.ACCEPTED)
    assert server.sessions == sessions


@both
def test_a_relay_that_closes_after_the_content_did_not_take_it_and_is_down(carrier):
    with serving(FaultServer("final", "421 4.3.2 closing")) as server:
        mails = [Envelope(1, "r@x.fr", "victime@x.fr", b"\r\n")]
        ((_, outcome),) = carried(carrier(relay("a", server)), mails).items()

    assert (outcome.kind, outcome.stage, outcome.relay_down) == (Kind.DEFERRED, Stage.FINAL, True)
    assert server.sessions == 1
