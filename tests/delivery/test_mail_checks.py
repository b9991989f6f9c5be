"""Five hundred mails, as three programs that are not ours read them, and byte by byte."""

import re
from collections import Counter

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from delivery.written import PEOPLE, SAMPLES, five_hundred
from mail.parsers.programs import PARSERS, mailauth, parsed
from signatures import verdicts

from mailer.app import create_app
from mailer.db import db
from mailer.mail import dkim, dkim_record
from mailer.mail.dkim import Key
from mailer.mail.headers import mailto, serialise, unsubscribe_headers
from mailer.mail.transports.memory import Memory
from mailer.mail.transports.signed import Signed

NOW = "2026-03-12T12:30:00Z"
SETTINGS = {
    "SECRET_KEYS": ["a key for tests"],
    "FINGERPRINT_KEY": "another",
    "SENDER_NAME": "Agence de l’Estran, « marées » & côtes",
}
ONE_ADDRESS = re.compile(rb"(?:List-Unsubscribe:)? <[^ >]+>,?")
ONCE = (
    "From",
    "To",
    "Date",
    "Message-ID",
    "Subject",
    "MIME-Version",
    "Content-Type",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Feedback-ID",
)

SIGNED = ("Reply-To", *ONCE)
KEYS = (
    Key("exemple.fr", "s1", rsa.generate_private_key(65537, 2048)),
    Key("exemple.fr", "s2", ed25519.Ed25519PrivateKey.generate()),
)
ZONE = {dkim_record.name(key): dkim_record.text(key) for key in KEYS}


@pytest.fixture(scope="module")
def written(server, tmp_path_factory):
    """The mails, made once for all that is looked at."""
    folder = tmp_path_factory.mktemp("written")
    url = server.fresh(folder)
    app = create_app(SETTINGS | {"DATABASE_URL": url, "DATA_FOLDER": str(folder)})
    # The address of the letter's page is signed with the second at which it is asked for.
    with app.app_context(), time_machine.travel(NOW, tick=False):
        made = five_hundred()
        db.session.remove()
        db.engine.dispose()
    return made


@pytest.fixture(scope="module")
def contents(written):
    return [mail.envelope.content for mail in written]


@pytest.fixture(scope="module")
def heads(contents):
    """The fields of each mail, unfolded, in their order."""
    return [_fields(content) for content in contents]


def _fields(content):
    lines = re.sub(rb"\r\n(?=[ \t])", b"", content.partition(b"\r\n\r\n")[0]).split(b"\r\n")
    return [
        (name.decode(), value.decode())
        for name, _, value in (line.partition(b": ") for line in lines)
    ]


@pytest.mark.parametrize("parser", PARSERS)
def test_every_mail_reads_as_the_letter_was_drawn_for_that_person(written, parser):
    found = parsed(parser, [mail.envelope.content for mail in written])

    assert len(found) == len(SAMPLES) * PEOPLE
    for mail, read in zip(written, found, strict=True):
        read["headers"] = {name: read["headers"].get(name) for name in mail.said["headers"]}
        for part in ("text", "html"):
            read[part] = read[part].replace("\r\n", "\n")
        assert read == mail.said


def test_each_header_that_must_stand_stands_once(heads):
    for fields in heads:
        counted = Counter(name for name, _ in fields)
        assert {name: counted[name] for name in ONCE} == dict.fromkeys(ONCE, 1)


def test_no_two_mails_have_one_message_id(heads):
    assert len({dict(fields)["Message-ID"] for fields in heads}) == len(SAMPLES) * PEOPLE


def test_what_programs_act_on_is_never_encoded(heads):
    for fields in heads:
        acted_on = [value for name, value in fields if name.startswith(("List-", "Feedback-ID"))]
        assert len(acted_on) == 6
        assert not any("=?" in value for value in acted_on)


@pytest.mark.parametrize("length", [20, 21, 59, 60, 75, 76, 77, 78, 100, 199, 200])
def test_no_token_is_encoded_or_broken_whatever_its_length(length):
    token = ("aZ0-_." * 40)[:length]
    pairs = unsubscribe_headers(f"https://exemple.fr/u/{token}", mailto("a@exemple.fr", token))
    data = serialise((*pairs, ("Feedback-ID", f"{token}:liste:lettre:exemple-fr")))

    assert b"=?" not in data
    assert data.count(token.encode()) == 3


def test_every_line_is_short_and_ends_in_crlf(contents):
    for content in contents:
        head, _, body = content.partition(b"\r\n\r\n")
        # An address of List-Unsubscribe is one word: it stays whole, alone on its line.
        lines = [line for line in head.split(b"\r\n") if not ONE_ADDRESS.fullmatch(line)]
        assert max(map(len, lines)) <= 78
        assert max(map(len, head.split(b"\r\n"))) <= 998
        assert max(map(len, body.split(b"\r\n"))) <= 76
        assert not re.search(rb"\r(?!\n)|(?<!\r)\n", content)


def test_every_octet_is_one_of_seven_bits(contents):
    assert all(content.isascii() and b"\0" not in content for content in contents)


def test_no_line_begins_with_a_dot(contents):
    for content in contents:
        assert not re.search(rb"(?m)^\.", content)


def test_every_body_is_in_the_form_that_a_signature_hashes(written):
    for mail in written:
        body = mail.envelope.content.partition(b"\r\n\r\n")[2]
        assert mail.envelope.is_canonical
        assert dkim.relaxed_body(body) == body


def _signed(envelopes):
    """The mails as they leave."""
    carrier = Memory()
    list(Signed(carrier, KEYS).send(envelopes))
    return [envelope.content for envelope in carrier.taken]


@pytest.fixture(scope="module")
def hundred(written):
    """Signed mails of each letter."""
    return _signed(mail.envelope for mail in written[::5])


def test_both_signatures_of_a_hundred_mails_are_good_to_dkimpy(hundred):
    assert [verdicts(content, KEYS) for content in hundred] == [[True, True]] * 100


def test_both_signatures_of_a_hundred_mails_are_good_to_mailauth(hundred):
    assert mailauth(hundred, ZONE) == [["pass", "pass"]] * 100


@pytest.fixture(scope="module")
def tampered(written):
    """A signed mail with one bit of a field flipped, for each field, and with a second From."""
    bare = written[0].envelope
    answered = bare._replace(content=b"Reply-To: contact@exemple.fr\r\n" + bare.content)
    (mail,) = _signed([answered])
    flipped = [_flipped(mail, name) for name in SIGNED]
    return [*flipped, b"From: Un autre <autre@ailleurs.fr>\r\n" + mail]


def _flipped(mail, name):
    """The mail with the lowest bit of the first letter or digit of that field the other way."""
    place = re.search(rb"(?m)^%b:[^\r]*?([A-Za-z0-9])" % name.encode(), mail).start(1)
    return mail[:place] + bytes([mail[place] ^ 1]) + mail[place + 1 :]


def test_whatever_was_changed_on_the_way_dkimpy_finds_it(tampered):
    assert [verdicts(content, KEYS) for content in tampered] == [[False, False]] * 13


def test_whatever_was_changed_on_the_way_mailauth_finds_it(tampered):
    assert mailauth(tampered, ZONE) == [["fail", "fail"]] * 13
