"""A mail server on this machine hands mails over by LMTP, and keeps what was not taken."""

import smtplib
import socket

import pytest
from bounces.mails import answer, report
from sqlalchemy.exc import OperationalError

from mailer.bounces import incoming, lmtp
from mailer.db import db
from mailer.mail import verp

OURS = b"Message-ID: <one@exemple.fr>\r\nFrom: lettre@exemple.fr\r\n\r\n"
FROM = "MAILER-DAEMON@mx.ailleurs.fr"


@pytest.fixture
def client(app):
    with socket.socket() as found:
        found.bind((lmtp.LOOPBACK, 0))
        app.config["LMTP_PORT"] = found.getsockname()[1]
    app.config["BOUNCE_MAX_MEGABYTES"] = 1
    # The server's threads write; a reading left open here would not see it.
    db.session.rollback()
    with lmtp.served(app) as port, smtplib.LMTP(lmtp.LOOPBACK, port) as connected:
        connected.ehlo()
        yield connected


def test_a_report_is_kept_under_the_return_path_of_its_envelope(client, app, events):
    client.sendmail(FROM, [verp.return_path(7)], report(OURS, "alix@exemple.fr"))
    (event,) = events()
    assert (event.delivery_id, event.is_proven) == (7, True)


def test_each_recipient_has_an_answer_and_an_event_of_their_own(client, events):
    paths = [verp.return_path(7), verp.return_path(8)]
    assert client.sendmail(FROM, paths, report(OURS, "alix@exemple.fr")) == {}
    # The library's client reads the first answer alone.
    assert client.getreply()[0] == 250
    assert sorted(event.delivery_id for event in events()) == [7, 8]


@pytest.mark.parametrize(
    "recipient", ["lettre@rebond.exemple.fr", "rebond+1.0@exemple.fr", "rebondir@rebond.exemple.fr"]
)
def test_nobody_else_is_written_to_here(client, recipient):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail(FROM, [recipient], answer())
    assert refused.value.recipients[recipient][0] == 550


def test_without_the_database_each_recipient_is_to_be_tried_again(client, monkeypatch, returned):
    def fail(*_):
        raise OperationalError("BEGIN", {}, Exception("away"))

    with monkeypatch.context() as away:
        away.setattr(incoming, "take", fail)
        client.mail(FROM)
        client.rcpt("rebond@rebond.exemple.fr")
        code, _said = client.data(answer())
    assert code == 451
    assert returned() == []


def test_a_fault_of_our_own_loses_no_mail_and_tells_nothing_of_itself(client, monkeypatch):
    def fail(*_):
        raise RuntimeError("alix@exemple.fr")

    monkeypatch.setattr(incoming, "take", fail)
    client.mail(FROM)
    client.rcpt("rebond@rebond.exemple.fr")
    code, said = client.data(answer())
    assert code == 451
    assert b"alix" not in said


def test_a_mail_that_is_too_large_is_refused(client, returned):
    client.mail(FROM)
    client.rcpt("rebond@rebond.exemple.fr")
    code, _said = client.data(answer("Bonjour\n" * 200_000))
    assert code == 552
    assert returned() == []


def test_a_line_longer_than_mails_may_have_is_taken(client, returned):
    client.sendmail(FROM, ["rebond@rebond.exemple.fr"], answer("a" * 5000))
    assert len(returned()) == 1
