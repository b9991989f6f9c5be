"""Returned mail, made for each standard: what it tells, and what ties it to a delivery."""

import pytest
from bounces.corpus import MADE

from mailer.bounces.parse import parse, read
from mailer.mail.returned import Kind, Reason

RETURN_PATH = "rebond+c12.r345.9f8e7d6c5b4a3f2e@exemple.fr"


def told(name):
    return [
        (each.kind, each.recipient, each.reason, each.status, each.is_permanent)
        for each in read((MADE / "made" / f"{name}.eml").read_bytes())
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "rfc3464-two-recipients",
            [
                (Kind.BOUNCE, "zoe@example.org", Reason.USER_UNKNOWN, "5.1.1", True),
                (Kind.DELAYED, "max@example.org", Reason.MAILBOX_FULL, "4.2.2", False),
            ],
        ),
        (
            "rfc3464-relayed",
            [(Kind.DELIVERED, "zoe@example.org", Reason.DELIVERED, "2.0.0", None)],
        ),
        ("rfc6533-utf8", [(Kind.BOUNCE, "zoé@exemple.fr", Reason.USER_UNKNOWN, "5.1.1", True)]),
        (
            "outlook-5.7.515",
            [(Kind.BOUNCE, "zoe@outlook.example", Reason.AUTH_FAILURE, "5.7.515", True)],
        ),
        ("orange-416", [(Kind.BOUNCE, "zoe@orange.example", Reason.USER_UNKNOWN, "5.1.1", True)]),
        ("laposte-417", [(Kind.BOUNCE, "zoe@laposte.example", Reason.MAILBOX_FULL, "5.1.1", True)]),
        ("rfc5965-not-spam", [(Kind.DELIVERED, "zoe@example.org", Reason.DELIVERED, "", None)]),
        ("absence-exchange-fr", [(Kind.AUTOREPLY, "zoe@example.org", Reason.VACATION, "", None)]),
        ("reponse-humaine", [(Kind.REPLY, "zoe@example.org", Reason.UNDEFINED, "", None)]),
    ],
)
def test_each_standard_gives_who_what_and_why(name, expected):
    assert told(name) == expected


def test_a_report_is_tied_to_its_delivery_by_return_path_and_message_id():
    [returned] = read((MADE / "made" / "orange-416.eml").read_bytes())
    assert (returned.return_path, returned.message_id) == (RETURN_PATH, "<c12.r345@exemple.fr>")


def test_a_report_tells_itself_from_its_copy_and_when_it_was_written():
    [returned] = read((MADE / "made" / "orange-416.eml").read_bytes())
    assert returned.event_id == "<b1@mx.example.org>"
    assert returned.at.isoformat() == "2025-03-12T07:00:00+00:00"


def test_a_mail_without_message_id_is_known_by_its_digest():
    one, other = (read(b"From: zoe@example.org\n\n" + body)[0] for body in (b"a", b"b"))
    assert len(one.event_id) == len(other.event_id) == 64
    assert one.event_id != other.event_id


def test_an_answer_names_the_mail_that_it_answers():
    [returned] = read((MADE / "made" / "reponse-humaine.eml").read_bytes())
    assert (returned.kind, returned.message_id) == (Kind.REPLY, "<c12.r345@exemple.fr>")


def test_an_ordinary_address_is_no_return_path():
    [returned] = read(b"From: zoe@example.org\nTo: lettre@exemple.fr\n\nBonjour")
    assert returned.return_path == ""


def test_what_a_person_writes_is_no_result_for_a_program():
    assert parse((MADE / "made" / "reponse-humaine.eml").read_bytes()) == []


@pytest.mark.parametrize(
    ("word", "kind", "reason"),
    [
        ("abuse", Kind.COMPLAINT, Reason.FEEDBACK),
        ("fraud", Kind.COMPLAINT, Reason.FEEDBACK),
        ("something-new", Kind.COMPLAINT, Reason.FEEDBACK),
        ("opt-out", Kind.UNSUBSCRIBED, Reason.FEEDBACK),
        ("auth-failure", Kind.BOUNCE, Reason.AUTH_FAILURE),
    ],
)
def test_feedback_is_a_complaint_unless_it_says_that_it_is_something_else(word, kind, reason):
    mail = (MADE / "made" / "rfc5965-not-spam.eml").read_bytes()
    [returned] = read(mail.replace(b"not-spam", word.encode()))
    assert (returned.kind, returned.reason) == (kind, reason)
    assert (returned.feedback_type, returned.recipient) == (word, "zoe@example.org")


@pytest.mark.parametrize(
    "subject",
    [
        "Réponse automatique : Lettre",
        "Absence du bureau",
        "Re: Absence : Lettre",
        "Automatic reply: Letter",
        "Out of Office",
        "Automatische Antwort: Brief",
        "Accusé de réception : Lettre",
    ],
)
def test_an_absence_is_known_by_its_subject(subject):
    [returned] = read(f"From: zoe@example.org\nSubject: {subject}\n\nJe reviens.".encode())
    assert returned.kind is Kind.AUTOREPLY


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "X-Autorespond: 1",
    ],
)
def test_an_answer_is_automatic_when_its_header_says_so(field):
    [returned] = read(f"From: zoe@example.org\nSubject: Re: Lettre\n{field}\n\nMerci.".encode())
    assert returned.kind is Kind.AUTOREPLY


def test_a_person_may_say_that_their_mail_is_not_automatic():
    mail = b"From: zoe@example.org\nAuto-Submitted: no\nSubject: Re: Lettre\n\nMerci."
    assert read(mail)[0].kind is Kind.REPLY


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, merci de répondre pour valider votre message.",
        "Ma boîte est protégée par Mailinblack : cliquez pour libérer votre message.",
        "Please confirm that you are human, and your mail will be delivered.",
    ],
)
def test_a_sender_put_to_the_test_waits_and_nobody_is_harmed(text):
    [returned] = read(f"From: zoe@example.org\nSubject: Re: Lettre\n\n{text}".encode())
    assert (returned.kind, returned.reason) == (Kind.AUTOREPLY, Reason.ON_HOLD)


@pytest.mark.parametrize("sender", ["zoe@example.org", "no-reply@example.org"])
def test_a_test_may_say_that_the_mail_did_not_arrive(sender):
    text = "Merci de répondre pour valider votre message à zoe@example.org, non remis à ce jour."
    head = f"From: {sender}\nSubject: Message non remis\n\n{text}"
    assert [each.kind for each in read(head.encode())] == [Kind.AUTOREPLY]


@pytest.mark.parametrize("subject", ["Re: Votre lettre : non remis ?", "TR: Returned mail"])
def test_a_person_may_write_about_what_did_not_arrive(subject):
    head = f"From: zoe@example.org\nIn-Reply-To: <c1@exemple.fr>\nSubject: {subject}\n\n"
    text = "La lettre n'a pas pu être remise à max@example.net, que faire ?"
    assert [each.kind for each in read((head + text).encode())] == [Kind.REPLY]


def test_a_forwarded_report_is_somebodys_mail():
    report = (MADE / "made" / "orange-416.eml").read_bytes()
    head = (
        b"From: zoe@example.org\nSubject: TR: un souci\nContent-Type: multipart/mixed; boundary=x"
    )
    mail = (
        head + b"\n\n--x\n\nVoyez.\n--x\nContent-Type: message/rfc822\n\n" + report + b"\n--x--\n"
    )
    assert [each.kind for each in read(mail)] == [Kind.REPLY]


def test_a_report_that_a_gateway_passes_on_within_its_own_is_read():
    report = (MADE / "made" / "orange-416.eml").read_bytes()
    head = b"From: postmaster@example.org\nSubject: Undeliverable\n"
    mail = head + (
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nSee below.\n"
        b"--x\nContent-Type: message/rfc822\n\n" + report + b"\n--x--\n"
    )
    assert [(e.recipient, e.reason) for e in read(mail)] == [
        ("zoe@orange.example", Reason.USER_UNKNOWN)
    ]
