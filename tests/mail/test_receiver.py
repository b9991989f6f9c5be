"""The demonstration's relay takes what a real SMTP client hands it."""

import smtplib
import socket

import pytest

from mailer.mail.transports.mailbox import Mailbox
from mailer.mail.transports.receiver import LOOPBACK, Receiver

LETTER = b"From: lettre@exemple.fr\r\nTo: zoe@exemple.fr\r\nSubject: Bonjour\r\n\r\n.debut\r\n"


@pytest.fixture
def mailbox(tmp_path):
    return Mailbox(tmp_path / "mailbox")


@pytest.fixture
def free_port():
    with socket.create_server((LOOPBACK, 0)) as found:
        return found.getsockname()[1]


@pytest.fixture
def relay(mailbox, free_port):
    receiver = Receiver(mailbox, free_port)
    yield free_port
    receiver.stop()


def test_a_mail_sent_over_smtp_is_kept_with_its_envelope(mailbox, relay):
    with smtplib.SMTP(LOOPBACK, relay) as client:
        client.sendmail("rebond+7@exemple.fr", ["zoe@exemple.fr"], LETTER)
    (kept,) = mailbox.newest(10)
    assert kept.source == (
        b"Return-Path: <rebond+7@exemple.fr>\r\nDelivered-To: zoe@exemple.fr\r\n" + LETTER
    )


def test_the_port_is_free_again_after_the_stop(mailbox, free_port):
    Receiver(mailbox, free_port).stop()
    Receiver(mailbox, free_port).stop()


def test_a_client_that_stays_does_not_hold_the_stop(mailbox, free_port):
    receiver = Receiver(mailbox, free_port)
    with smtplib.SMTP(LOOPBACK, free_port) as client:
        client.ehlo()
        receiver.stop()
        with pytest.raises(smtplib.SMTPServerDisconnected):
            client.noop()


def test_a_taken_port_raises_at_once(mailbox, relay):
    with pytest.raises(OSError, match="in use"):
        Receiver(mailbox, relay)
