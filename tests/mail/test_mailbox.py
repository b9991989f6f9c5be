"""The demo's mailbox keeps mails whole and gives them back in order."""

from email.message import EmailMessage

import pytest
import time_machine

from mailer.errors import NotFound
from mailer.mail.transports.mailbox import Mailbox

LETTER = b"From: lettre@exemple.fr\r\nTo: zoe@exemple.fr\r\nSubject: Bonjour\r\n\r\n.debut\r\n"


@pytest.fixture
def mailbox(tmp_path):
    return Mailbox(tmp_path / "mailbox")


def test_both_bodies_are_read(mailbox):
    letter = EmailMessage()
    letter["Subject"] = "Été à la côte"
    letter.set_content("Bonjour Zoé")
    letter.add_alternative("<p>Bonjour <b>Zoé</b></p>", subtype="html")
    kept = mailbox.read(mailbox.save(letter.as_bytes(), "", ["zoe@exemple.fr"]))
    assert kept.message["Subject"] == "Été à la côte"
    assert kept.body("plain") == "Bonjour Zoé\n"
    assert kept.body("html") == "<p>Bonjour <b>Zoé</b></p>\n"


def test_a_body_that_the_mail_has_not_is_empty(mailbox):
    assert mailbox.read(mailbox.save(LETTER, "", [])).body("html") == ""


def test_the_newest_comes_first_and_older_ones_by_key(mailbox):
    with time_machine.travel("2026-11-23 09:00Z", tick=False) as clock:
        keys = []
        for _ in range(3):
            keys.append(mailbox.save(LETTER, "", []))
            clock.shift(1)
    assert [mail.key for mail in mailbox.newest(2)] == [keys[2], keys[1]]
    assert [mail.key for mail in mailbox.newest(2, before=keys[1])] == [keys[0]]


def test_a_mail_says_when_it_came(mailbox):
    with time_machine.travel("2026-11-23 09:00:05Z", tick=False):
        kept = mailbox.read(mailbox.save(LETTER, "", []))
    assert kept.at.isoformat() == "2026-11-23T09:00:05+00:00"


@pytest.mark.parametrize("key", ["20261123T090000000000-abcdef", "../../config", ""])
def test_an_unknown_key_is_not_found(mailbox, key):
    with pytest.raises(NotFound):
        mailbox.read(key)
