"""Reports in words: how each family of systems says who could not be reached, and why."""

import json

import pytest
from bounces.corpus import MADE

from mailer.bounces.parse import read
from mailer.mail.returned import Kind, Reason

# What each mail of the folder says, written in the manner of the system that it is named for.
WORDS = json.loads((MADE / "words.json").read_text(encoding="utf-8"))
ZOE, MAX = "zoe@example.org", "max@example.net"
ORIGINAL = """Received: from relais.exemple.fr by mx.example.org; Wed, 12 Mar 2025 07:00:00 +0100
Message-ID: <c12.r345@exemple.fr>
From: La lettre <lettre@exemple.fr>
To: quelqu-un@ailleurs.example
Subject: Lettre

Bonjour
"""


def report(text, sender="MAILER-DAEMON@mx.example.org", subject="Undelivered Mail", kind="plain"):
    head = f"Return-Path: <>\nFrom: {sender}\nTo: lettre@exemple.fr\nSubject: {subject}\n"
    return f"{head}Content-Type: text/{kind}; charset=utf-8\n\n{text}".encode()


def told(mail):
    return {each.recipient: each.reason for each in read(mail)}


@pytest.mark.parametrize("name", sorted(WORDS))
def test_the_recipients_and_reasons_of_each_system_are_read(name):
    text = (MADE / "words" / f"{name}.txt").read_text(encoding="utf-8")
    assert told(report(text)) == WORDS[name]


def test_a_report_in_html_is_read_as_text():
    text = (
        "<html><head><style>p {color: red}</style></head><body><p>Delivery has failed to these"
        f" recipients:</p><table><tr><td><a href='mailto:{ZOE}'>{ZOE}</a></td></tr></table>"
        "<p>The email address wasn&#39;t found: 550 5.1.10 RecipientNotFound</p></body></html>"
    )
    assert told(report(text, kind="html")) == {ZOE: Reason.USER_UNKNOWN}


def test_recipients_in_the_header_count_before_those_in_words():
    mail = report(f"The following address(es) failed:\n\n  zoe\n    mailbox is full\n\n{ORIGINAL}")
    named = mail.replace(b"Subject:", f"X-Failed-Recipients: {ZOE}\nSubject:".encode(), 1)
    assert told(named) == {ZOE: Reason.MAILBOX_FULL}


def test_a_report_that_names_nobody_is_about_the_recipient_of_what_it_brings_back():
    text = f"Message could not be delivered: mailbox full.\n\nOriginal message follows.\n{ORIGINAL}"
    assert told(report(text)) == {"quelqu-un@ailleurs.example": Reason.MAILBOX_FULL}


def test_a_list_that_the_original_was_sent_to_is_no_recipient():
    original = ORIGINAL.replace("quelqu-un@ailleurs.example", "liste@exemple.fr")
    text = f"Message could not be delivered: mailbox full.\n\nOriginal message follows.\n{original}"
    assert told(report(text)).keys() <= {"MAILER-DAEMON@mx.example.org"}


def test_whom_to_ask_for_help_is_no_recipient():
    text = "Your mail was not delivered.\nFor further assistance, contact <aide@example.org>.\n"
    assert "aide@example.org" not in told(report(text))


def test_the_return_of_a_mail_sent_by_ses_is_read_from_its_event():
    event = (
        '{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":'
        f'[{{"emailAddress":"{ZOE}","action":"failed","status":"5.1.1","diagnosticCode":'
        '"smtp; 550 5.1.1 user unknown"}]},"mail":{}}'
    )
    mail = report(event, sender="no-reply@sns.amazonaws.com", subject="AWS Notification Message")
    assert told(mail) == {ZOE: Reason.USER_UNKNOWN}


def test_the_complaint_of_somebody_who_got_a_mail_by_ses_is_read_from_its_event():
    event = (
        '{"notificationType":"Complaint","complaint":{"complainedRecipients":'
        f'[{{"emailAddress":"{ZOE}"}}]}}}}'
    )
    mail = report(event, sender="no-reply@sns.amazonaws.com", subject="AWS Notification Message")
    assert [(e.kind, e.feedback_type) for e in read(mail)] == [(Kind.COMPLAINT, "abuse")]


def test_a_warning_is_a_delay_and_not_the_end():
    text = f"This is a warning message only.\nThe following address is delayed:\n\n  {ZOE}\n"
    [returned] = read(report(text))
    assert (returned.kind, returned.is_permanent) == (Kind.DELAYED, False)


def test_a_persons_mail_about_an_address_is_no_report():
    text = f"Bonjour, mon adresse {ZOE} n'existe plus, merci d'utiliser {MAX}. Zoé"
    mail = f"From: Zoe <{ZOE}>\nTo: lettre@exemple.fr\nSubject: Re: Lettre\n\n{text}".encode()
    assert [each.kind for each in read(mail)] == [Kind.REPLY]
