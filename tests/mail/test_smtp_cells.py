"""Each fault at each stage ends as the table says, and concerns nobody else."""

from pathlib import Path

import pytest
from mail.carrying import carried
from mail.fault_cells import CELLS, FAULTS, STEPWISE, End, markdown
from mail.fault_server import CAPABILITIES, FaultServer, serving

from mailer.mail.outcome import Kind
from mailer.mail.relays import Relay
from mailer.mail.transports import Envelope
from mailer.mail.transports.smtp import Smtp
from mailer.mail.transports.stepwise import Stepwise

LINES = {
    "garbage": "\x00\x01 garbage",
    "wrong": "354 go on",
    "4xx": "451 4.3.0 later",
    "5xx": "554 5.7.1 no",
    "421": "421 4.3.2 closing",
}
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "reliability.md"
WRONG_TO_DATA = "250 2.0.0 ok"
# The buffers of both sides hold much less.
LARGE = b"Subject: x\r\n\r\n" + (b"x" * 98 + b"\r\n") * 160_000
SMALL = b"Subject: x\r\n\r\nx\r\n"
CELL = [(stage, fault) for stage in CELLS for fault in FAULTS]
# What only an answer can end is cut by the deadline of the mail.
SLOW = {"hang", "drip", "endless"}


def server_of(stage, fault):
    line = LINES.get(fault, fault)
    extensions = {"starttls": ("STARTTLS",), "auth": ("AUTH PLAIN",)}.get(stage, ())
    return FaultServer(
        stage,
        WRONG_TO_DATA if (stage, fault) == ("data", "wrong") else line,
        (*CAPABILITIES, *extensions),
        only_from_victim=True,
    )


def relay_of(server, stage, fault):
    return Relay(
        "relay",
        "127.0.0.1",
        server.port,
        security="verify" if stage == "starttls" else "plain",
        user="estran" if stage == "auth" else "",
        password="secret" if stage == "auth" else "",
        seconds_per_mail=1 if fault in SLOW else 20,
    )


def mails(stage):
    """One before the victim's, and one after it."""
    content = LARGE if stage == "content" else SMALL
    yield Envelope(0, "ana@x.fr", "ana@exemple.fr", SMALL)
    yield Envelope(1, "victime@x.fr", "victime@exemple.fr", content)
    yield Envelope(2, "bob@x.fr", "bob@exemple.fr", SMALL)


@pytest.mark.parametrize("carrier", [Smtp, Stepwise])
@pytest.mark.parametrize(("stage", "fault"), CELL)
def test_a_fault_ends_as_the_table_says(stage, fault, carrier):
    with serving(server_of(stage, fault)) as server:
        answers = carried(carrier(relay_of(server, stage, fault)), mails(stage))

    assert sorted(key for key, _ in answers) == [0, 1, 2]
    outcomes = dict(answers)
    end = CELLS[stage][fault]
    if carrier is Stepwise:
        end = STEPWISE.get((fault, stage), end)
    assert End(outcomes[1].kind, outcomes[1].stage, outcomes[1].relay_down) == end
    arrived = [recipient for recipient, _ in server.taken]
    if end.relay_down:
        assert all(outcomes[n].relay_down or outcomes[n].kind is Kind.ACCEPTED for n in (0, 2))
    else:
        assert arrived == ["ana@exemple.fr", "bob@exemple.fr"]


def test_the_documentation_shows_this_table():
    assert markdown() in DOCUMENTATION.read_text()
