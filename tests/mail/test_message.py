"""The bytes of a mail, read back by another parser."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.errors import Invalid
from mailer.mail.message import Message

MAIL = Message(
    sender="Agence de l’Estran <lettre@exemple.fr>",
    recipient="zoe@exemple.fr",
    subject="Confirmez votre inscription à La lettre de l’Estran",
    text="Bonjour,\n\nÀ bientôt.\n.\nFrom la mer",
    html='<p lang="fr">À bientôt</p>' * 40,
    message_id="<0123@exemple.fr>",
    date=datetime(2026, 1, 12, 9, 30, tzinfo=UTC),
    return_path="rebond@rebond.exemple.fr",
    headers=(("Auto-Submitted", "auto-generated"),),
)


def parsed(mail):
    return message_from_bytes(mail.to_bytes(), policy=policy.default)


@pytest.mark.parametrize("name", ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version"])
def test_each_mandatory_field_stands_once(name):
    assert len(parsed(MAIL).get_all(name)) == 1


def test_it_reads_as_it_was_written():
    found = parsed(MAIL)

    assert found["Subject"] == MAIL.subject
    assert found["From"].addresses[0].display_name == "Agence de l’Estran"
    assert found.get_body(("plain",)).get_content().splitlines() == MAIL.text.splitlines()
    assert found.get_body(("html",)).get_content() == MAIL.html
    assert found.defects == []


def test_the_date_is_in_the_zone_of_the_house():
    assert b"\r\nDate: Mon, 12 Jan 2026 10:30:00 +0100\r\n" in MAIL.to_bytes()


def test_the_same_mail_has_the_same_bytes():
    assert MAIL.to_bytes() == replace(MAIL).to_bytes()


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text())
def test_only_short_lines_of_seven_bits_leave(text, html):
    text, html = (part.encode("utf-8", "ignore").decode() for part in (text, html))
    data = replace(MAIL, text=text, html=html).to_bytes()

    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")


def test_the_bodies_come_in_the_order_of_preference():
    kinds = [part.get_content_type() for part in parsed(MAIL).iter_parts()]

    assert kinds == ["text/plain", "text/html"]


def test_a_subject_with_a_line_break_is_refused():
    with pytest.raises(Invalid):
        replace(MAIL, subject="Bonjour\r\nBcc: tous@exemple.fr").to_bytes()
