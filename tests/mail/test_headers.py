"""Header fields, read back by another parser."""

import re
from email import message_from_bytes, policy
from email.header import decode_header

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.errors import Invalid
from mailer.mail.headers import (
    BREAKS,
    MailingList,
    auto_headers,
    bulk_headers,
    identity_headers,
    mailto,
    serialise,
    unsubscribe_headers,
)

LETTER = MailingList(
    "lettre.exemple.fr",
    "L’été à la Région",
    "lettre@exemple.fr",
    "https://lettre.exemple.fr/desinscriptions",
)
ONE_CLICK = "https://lettre.exemple.fr/u/" + "WzEyLCJkZWxpdmVyeToxMjMiXQ" * 8
MAILTO = mailto("depart@exemple.fr", "WzEyXQ")

texts_of = st.characters(codec="utf-8").filter(lambda character: not BREAKS.search(character))
breaks = st.sampled_from(["\r\n", "\n", "\r", "\0", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])


def parsed(pairs):
    return message_from_bytes(serialise(pairs) + b"\r\n", policy=policy.default)


def lines(data):
    return data.decode().split("\r\n")


@settings(max_examples=1000, deadline=None)
@given(st.text(texts_of))
def test_any_subject_reads_as_it_was_written(subject):
    data = serialise([("Subject", subject)])

    assert str(parsed([("Subject", subject)])["Subject"]) == subject
    assert max(map(len, lines(data))) <= 76
    assert all(len(word) <= 75 for word in re.findall(rb"=\?\S*\?=", data))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), breaks, st.text(max_size=40))
def test_no_value_can_begin_another_line(before, end, after):
    for name in ("Subject", "From", "List-Id"):
        with pytest.raises(Invalid, match=name):
            serialise([(name, f"{before}{end}{after}")])


# The parser of the standard library reads a tab between two words as the space that it stands for.
names_of = texts_of.filter(lambda character: character not in "<\t")


@settings(max_examples=300, deadline=None)
@given(st.text(names_of, max_size=4).map(str.strip).filter(bool))
def test_any_display_name_reads_as_it_was_written(name):
    (mailbox,) = parsed([("From", f"{name} <lettre@exemple.fr>")])["From"].addresses

    assert (mailbox.display_name, mailbox.addr_spec) == (name, "lettre@exemple.fr")


def test_a_long_display_name_reads_as_it_was_written():
    name = "Agence régionale de l’Estran, des Îles et du Littoral, à Port-l’Estran"
    data = serialise([("From", f"{name} <lettre@exemple.fr>")])
    # Python 3.11 leaves a space between the encoded-words of a phrase when it parses addresses.
    ((decoded, charset), (address, _)) = decode_header(data.decode().partition(": ")[2])

    assert (decoded.decode(charset), address.strip()) == (name, b"<lettre@exemple.fr>")
    assert max(map(len, lines(data))) <= 76


@pytest.mark.parametrize("name", ["Agence, l’Estran", 'La "lettre"', "a\\b", "Région.fr", "=?x?="])
def test_no_encoded_word_stands_in_a_quoted_string(name):
    data = serialise([("From", f"{name} <lettre@exemple.fr>")])

    assert not re.search(rb'"[^"]*=\?[^"]*"', data)


def test_a_bare_address_stays_as_it_is():
    assert serialise([("To", "zoe@exemple.fr")]) == b"To: zoe@exemple.fr\r\n"


def test_a_field_whose_value_cannot_be_written_is_named():
    with pytest.raises(Invalid, match="Feedback-ID"):
        serialise([("Feedback-ID", "été")])


def test_a_line_beyond_the_limit_is_refused():
    with pytest.raises(Invalid, match="List-Unsubscribe"):
        serialise([("List-Unsubscribe", f"<https://exemple.fr/{'x' * 1000}>")])


def test_a_long_one_click_address_is_neither_encoded_nor_broken():
    data = serialise(unsubscribe_headers(ONE_CLICK, MAILTO))

    assert f"List-Unsubscribe: <{ONE_CLICK}>,\r\n <{MAILTO}>\r\n".encode() in data
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in data


def test_the_list_has_a_name_in_ascii_and_an_identity():
    data = serialise(identity_headers(LETTER))

    assert b"List-Id: L'ete a la Region <lettre.exemple.fr>\r\n" in data
    assert b"List-Owner: <mailto:lettre@exemple.fr>\r\n" in data


@pytest.mark.parametrize("url", ["https://exemple.fr/>, <http://ailleurs.fr", "https://a b"])
def test_an_address_cannot_bring_another_one(url):
    with pytest.raises(Invalid):
        unsubscribe_headers(url, MAILTO)


def test_a_program_says_that_it_is_one():
    assert dict(auto_headers())["Auto-Submitted"] == "auto-generated"
    assert dict(bulk_headers())["Precedence"] == "bulk"
