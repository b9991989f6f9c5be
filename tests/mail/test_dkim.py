"""Signatures, as another program verifies them."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from hypothesis import given, settings
from hypothesis import strategies as st
from signatures import verdicts

from mailer.mail import dkim
from mailer.mail.dkim import Key
from mailer.mail.headers import MailingList, identity_headers, unsubscribe_headers
from mailer.mail.message import Message

AT = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
KEYS = (
    Key("exemple.fr", "s2026", rsa.generate_private_key(65537, 2048)),
    Key("exemple.fr", "s2026-ed25519", ed25519.Ed25519PrivateKey.generate()),
)
MAIL = Message(
    sender="Agence de l’Estran <lettre@exemple.fr>",
    recipient="zoe@exemple.fr",
    subject="Le phare rouvre",
    text="Bonjour,\n\nÀ bientôt.\n.\nFrom la mer",
    html='<p lang="fr">À bientôt</p>' * 40,
    message_id="<0123@exemple.fr>",
    date=AT,
    return_path="rebond@rebond.exemple.fr",
    headers=(
        ("Reply-To", "contact@exemple.fr"),
        *identity_headers(
            MailingList("estran.exemple.fr", "L’Estran", "lettre@exemple.fr", "https://exemple.fr")
        ),
        *unsubscribe_headers("https://exemple.fr/u/jeton", "mailto:lettre@exemple.fr"),
        ("Feedback-ID", "1:estran:lettre:exemple-fr"),
        ("Content-Transfer-Encoding", "7bit"),
    ),
)
SIGNED = dkim.signed(MAIL.to_bytes(), KEYS, AT)
GOOD = [True, True]


def verified(content):
    """The verdicts on the mail as it arrives: SMTP ends the last line (RFC 5321, 4.1.1.4)."""
    signed = dkim.signed(content, KEYS, AT)
    return verdicts(signed if signed.endswith(b"\r\n") else signed + b"\r\n", KEYS)


def with_body(body):
    return b"From: lettre@exemple.fr\r\nSubject: Bonjour\r\n\r\n" + body


def test_both_signatures_are_good():
    assert verdicts(SIGNED, KEYS) == GOOD


def test_the_mail_stands_below_its_signatures_unchanged():
    content = MAIL.to_bytes()

    assert SIGNED.endswith(content)
    assert SIGNED.removesuffix(content).count(b"DKIM-Signature:") == 2


def test_without_a_key_the_mail_stays_as_it_is():
    assert dkim.signed(MAIL.to_bytes(), (), AT) == MAIL.to_bytes()


def test_the_signature_says_when_and_how_and_no_length():
    first = SIGNED.partition(b"DKIM-Signature: v=1; a=ed25519")[0].replace(b"\r\n", b"")

    assert first.startswith(b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;")
    assert b" d=exemple.fr; s=s2026; t=1768210200; h=from: from: subject: subject: to:" in first
    assert b" l=" not in first


def test_no_line_of_a_signature_is_long():
    lines = SIGNED.removesuffix(MAIL.to_bytes()).split(b"\r\n")

    assert max(map(len, lines)) <= 76
    assert all(line.startswith((b" ", b"DKIM-Signature: v=1;")) for line in lines if line)


@pytest.mark.parametrize("name", [name.decode() for name in dkim.COVERED])
def test_a_changed_byte_in_a_signed_field_is_found(name):
    head, end, body = SIGNED.partition(b"\r\n\r\n")
    changed = re.sub(rb"(?im)^(%b: \S*?)(\w)" % name.encode(), rb"\1_", head, count=1)

    assert changed != head
    assert verdicts(changed + end + body, KEYS) == [False, False]


def test_a_flipped_bit_anywhere_in_the_body_is_found():
    start = SIGNED.index(b"\r\n\r\n") + 4
    for place in range(start, len(SIGNED), 97):
        flipped = bytearray(SIGNED)
        flipped[place] ^= 0x40
        assert verdicts(bytes(flipped), KEYS) == [False, False]


@pytest.mark.parametrize("added", [b"From: autre@exemple.fr\r\n", b"Subject: Autre\r\n"])
def test_a_second_field_of_what_readers_see_is_found(added):
    assert verdicts(added + SIGNED, KEYS) == [False, False]
    assert verdicts(SIGNED.replace(b"\r\n\r\n", b"\r\n" + added + b"\r\n", 1), KEYS) == [
        False,
        False,
    ]


def test_a_field_that_nobody_signed_may_be_added_on_the_way():
    assert verdicts(b"Received: from relais.exemple.fr\r\n" + SIGNED, KEYS) == GOOD


def test_a_signature_of_another_key_is_found():
    others = [replace(key, private=ed25519.Ed25519PrivateKey.generate()) for key in KEYS[1:]]

    assert verdicts(dkim.signed(MAIL.to_bytes(), others, AT), KEYS) == [False]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\r\n",
        b"\r\n\r\n\r\n",
        b" \t \r\n\t\r\n",
        b"sans fin de ligne",
        b"des  blancs\tdedans et  \t\r\n au bout \t\r\n \r\n\r\n",
        b"un blanc sans fin de ligne ",
        b".\r\n..\r\n.un point\r\n",
    ],
)
def test_empty_bodies_and_spaces_and_empty_lines_at_the_end(body):
    assert verified(with_body(body)) == GOOD


def test_spaces_lost_on_the_way_do_no_harm():
    signed = dkim.signed(with_body(b"deux  mots \t\r\n\r\n\r\n"), KEYS, AT)

    assert verdicts(signed.replace(b"deux  mots \t\r\n\r\n\r\n", b"deux mots\r\n"), KEYS) == GOOD


@pytest.mark.parametrize("subject", ["Été, « phare » et marée " * 20, "mot " * 200, "é"])
def test_long_and_accented_subjects(subject):
    assert verified(replace(MAIL, subject=subject).to_bytes()) == GOOD


def test_folded_fields_and_odd_spaces():
    head = (
        b"FROM:lettre@exemple.fr\r\nSubject:  un \t\r\n  sujet\t\r\n\tplie \r\nTo:\r\n a@exemple.fr"
    )

    assert verified(head + b"\r\n\r\nBonjour\r\n") == GOOD


def test_a_field_folded_again_on_the_way_does_no_harm():
    folded = SIGNED.replace(b"Subject: Le phare rouvre", b"subject:Le\r\n\tphare\r\n  rouvre")

    assert verdicts(folded, KEYS) == GOOD


def test_of_a_field_that_stands_twice_both_are_signed():
    twice = b"To: zoe@exemple.fr\r\nTo: ana@exemple.fr\r\n" + with_body(b"Bonjour\r\n")
    signed = dkim.signed(twice, KEYS, AT)

    assert verdicts(signed, KEYS) == GOOD
    for name in (b"zoe@", b"ana@"):
        assert verdicts(signed.replace(name, b"moi@"), KEYS) == [False, False]


WORDS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=200)
BODIES = st.lists(st.sampled_from([b" ", b"\t", b"\r\n", b".", b"a", b"=", b"--b"])).map(b"".join)


@settings(max_examples=250, deadline=None)
@given(WORDS, WORDS, WORDS)
def test_whatever_a_mail_says_it_is_signed(subject, text, html):
    assert verified(replace(MAIL, subject=subject, text=text, html=html).to_bytes()) == GOOD


@settings(max_examples=250, deadline=None)
@given(BODIES)
def test_whatever_the_spaces_and_lines_of_a_body_it_is_signed(body):
    assert verified(with_body(body)) == GOOD


@settings(max_examples=250, deadline=None)
@given(BODIES)
def test_a_relaxed_body_is_signed_as_it_is_with_the_same_signature(body):
    content = with_body(dkim.relaxed_body(body))

    assert dkim.signed_as_it_is(content, KEYS, AT) == dkim.signed(content, KEYS, AT)
