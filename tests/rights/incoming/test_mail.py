"""Mails as they come: what is read of them, what is put aside, what cannot break the reading."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailer.rights.incoming import mail
from mailer.rights.incoming.mail import Ignored

SAMPLES = Path(__file__).parent / "samples"
OWN = frozenset({"lettre@exemple.fr", "dpo@exemple.fr"})


def sample(name):
    return mail.read((SAMPLES / f"{name}.eml").read_bytes(), OWN)


def made(*fields, body="Bonjour", sender="zoe@exemple.fr"):
    head = "\n".join((f"From: {sender}", "Subject: Demande", *fields))
    return mail.read(f"{head}\n\n{body}\n".encode(), OWN)


def test_a_plain_answer_is_read_without_what_it_quotes():
    found = sample("outlook-reply")
    assert found.sender == "Nadia.K@exemple.fr"
    assert found.subject == "RE: Votre lettre de novembre - désabonnement"
    assert found.text.startswith("Bonjour,\n\nEn vertu de l'article 39")
    assert found.text.endswith("Nadia Karamé")
    assert "vous désabonner" in found.quoted
    assert found.sent_at == datetime(2026, 11, 23, 9, 1, tzinfo=UTC)
    assert found.message_id == "<AM0PR01@exemple.fr>"
    assert found.ignored is None


def test_html_is_read_as_the_text_that_a_reader_sees():
    found = sample("webmail-html")
    assert found.text == "Bonjour,\nje ne veux plus recevoir vos lettres.\nLéa"
    assert "> Supprimer mes données" in found.quoted
    assert found.subject == "Désabonnement 😊"


def test_a_file_that_comes_along_has_a_name_without_a_path():
    (file,) = sample("webmail-html").attachments
    assert (file.name, file.size) == ("carte d'identite.pdf", 9)
    content = (SAMPLES / "webmail-html.eml").read_bytes()
    assert mail.attachment(content, file.number) == b"%PDF-1.4\n"
    assert mail.attachment(content, 99) is None


def test_a_mail_that_only_passes_another_on_is_all_its_own_words():
    found = sample("forwarded")
    assert "effacer toutes mes données" in found.text
    assert found.quoted == ""


def test_letters_that_declare_no_encoding_are_read():
    found = sample("bare")
    assert (found.subject, found.text) == ("déjà demandé", "supprimez mes données")
    assert found.message_id == ""


def test_an_answer_between_the_lines_keeps_its_own_lines():
    announced = "Le 23 nov. 2026 à 10:00, Agence <lettre@exemple.fr> a\nécrit :"
    found = made(body=f"{announced}\n> Qui êtes-vous ?\nNadia.\n> Où ?\nIci.")
    assert found.text == "Nadia.\nIci."
    assert "> Qui êtes-vous ?" in found.quoted


def test_what_is_announced_and_not_marked_is_the_rest():
    found = made(
        body="Oui.\n\nOn Mon, Nov 23, 2026, Agency <lettre@exemple.fr> wrote:\n\nLong letter"
    )
    assert (found.text, "Long letter" in found.quoted) == ("Oui.", True)


def test_the_mails_and_the_cases_that_it_answers_are_known():
    found = made(
        "In-Reply-To: <a@exemple.fr>",
        "References: <b@exemple.fr>\n <a@exemple.fr>",
        "Subject: ignored, the first one counts",
    )
    assert found.answers == ("<a@exemple.fr>", "<b@exemple.fr>", "<a@exemple.fr>")
    head = "From: zoe@exemple.fr\nSubject: Re: Votre demande dr-2026-0042 (DR-2026-0042)\n\n"
    assert mail.read(head.encode(), OWN).references == ("DR-2026-0042",)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (["Auto-Submitted: auto-replied"], Ignored.AUTOMATIC),
        (["X-Autoreply: yes"], Ignored.AUTOMATIC),
        (["Precedence: auto_reply"], Ignored.AUTOMATIC),
        (["Return-Path: <>"], Ignored.BOUNCE),
        (["Content-Type: multipart/report; boundary=x"], Ignored.BOUNCE),
        (["List-Id: <lettre.autre.fr>"], Ignored.LIST),
        (["List-Unsubscribe: <https://autre.fr>"], Ignored.LIST),
        (["Precedence: bulk"], Ignored.LIST),
        (["Auto-Submitted: no"], None),
        (["Return-Path: <zoe@exemple.fr>"], None),
    ],
)  # fmt: skip
def test_what_no_person_wrote_is_ignored_with_its_reason(fields, reason):
    assert made(*fields).ignored == reason


def test_our_own_mails_are_ignored_however_they_are_written():
    assert made(sender="Agence <LETTRE@Exemple.fr>").ignored == Ignored.OWN
    assert made(sender="mailer-daemon@exemple.fr").ignored == Ignored.BOUNCE


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ('"victime@exemple.fr" <zoe@exemple.fr>', "zoe@exemple.fr"),
        ("=?utf-8?q?victime=40exemple=2Efr=2C_?= <zoe@exemple.fr>", "zoe@exemple.fr"),
        ("undisclosed-recipients:;", ""),
        ("zoe", ""),
        ("", ""),
    ],
)
def test_a_name_is_never_taken_for_the_address(sender, address):
    assert made(sender=sender).sender == address


def test_the_same_mail_by_two_ways_is_the_same():
    first = made("Message-ID: <a@exemple.fr>", "Received: by dpo")
    second = made("Message-ID: <a@exemple.fr>", "Received: by cil")
    assert first.digest == second.digest


def test_another_mail_under_a_number_that_was_used_is_another():
    first = made("Message-ID: <a@exemple.fr>")
    assert first.digest != made("Message-ID: <a@exemple.fr>", body="Autre chose").digest
    assert first.digest != made("Message-ID: <a@exemple.fr>", sender="lea@exemple.fr").digest


def test_letters_that_turn_or_hide_words_are_left_out():
    found = made(body="a\u202eb\0c\x1b[31m d")
    assert found.text == "abc[31m d"


def nested():
    parts = [f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000)]
    return "".join(parts).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 1000,
        nested(),
        b"Content-Type: text/plain; charset*" + b"9" * 5000 + b"=x\n\nBonjour",
        b"Content-Type: text/plain; charset=idna\n\n" + b"a." * 10_000,
        b"Content-Type: text/html\n\n" + b"<div>" * 100_000,
        b"Content-Type: text/html\n\n<!DOCTYPE x [<!ENTITY a 'aaaa'>]>&a;" + b"&a;" * 10_000,
        b"Content-Transfer-Encoding: uuencode\n\nbegin 644 x\n!!!",
        b"Subject: " + b"=?utf-8?q?=?=" * 50_000 + b"\n\n",
        b"From: " + b"<a," * 50_000 + b"\n\n",
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 20_000,
        b"\n\n" + b"Le " * 100_000,
        b"\n\n" + b"> " * 100_000,
    ],
)
def test_a_mail_made_to_break_the_reading_is_read_or_said_to_be_unreadable(content):
    try:
        assert mail.read(content, OWN).digest
    except mail.Unreadable:
        assert mail.unread(content, "1").digest


def test_ten_thousand_damaged_mails_are_read_or_said_to_be_unreadable():
    chance = random.Random(39)  # noqa: S311 - the same damage each time
    whole = [path.read_bytes() for path in sorted(SAMPLES.glob("*.eml"))]
    for _ in range(10_000):
        content = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(len(content))
            content[place : place + chance.choice((0, 1, 9))] = chance.randbytes(
                chance.randint(0, 3)
            )
        try:
            found = mail.read(bytes(content), OWN)
        except mail.Unreadable:
            continue
        (found.text + found.quoted + found.subject + found.sender).encode()
        assert "\0" not in found.text + found.quoted + found.subject
