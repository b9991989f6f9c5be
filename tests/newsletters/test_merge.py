import re
from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsletters.letters import LETTER

from mailer.errors import Invalid
from mailer.mail.dkim import relaxed_body
from mailer.newsletters import quoted
from mailer.newsletters.content import Rendered
from mailer.newsletters.fields import filled, mark
from mailer.newsletters.merge import compile_letter
from mailer.newsletters.render import render

VALUES = {
    "unsubscribe_url": "https://lettre.exemple.fr/desinscriptions/" + "x" * 90,
    "web_url": "https://lettre.exemple.fr/lettres/abc",
    "prenom": "Zoé & <Léa>",
}
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"))
FIELDS = st.sampled_from(["{{prenom}}", "{{prenom|à vous}}", "{{web_url}}"])
GAPS = st.sampled_from(["  ", " \t ", "\t", " \n", "\n.", "\n  ", " " * 90, "." * 90])
LETTERS = st.lists(TEXTS | FIELDS | GAPS, max_size=12).map("".join).map(mark)


def parsed(compiled, values):
    head = f"MIME-Version: 1.0\r\nContent-Type: {compiled.content_type}\r\n\r\n".encode()
    return message_from_bytes(head + compiled.fill(values), policy=policy.default)


def contents(compiled, values):
    plain, html = parsed(compiled, values).iter_parts()
    return tuple(part.get_content().replace("\r\n", "\n") for part in (plain, html))


def test_a_compiled_letter_reads_back_as_the_letter_filled():
    letter = render(LETTER)
    expected = filled(letter, VALUES)
    assert contents(compile_letter(letter), VALUES) == (expected.text, expected.html)


def test_both_parts_are_utf8_quoted_printable_alternatives_without_defects():
    message = parsed(compile_letter(render(LETTER)), VALUES)
    seen = [
        (part.get_content_type(), part.get_content_charset(), part["Content-Transfer-Encoding"])
        for part in message.walk()
    ]
    assert (seen, message.defects) == (
        [
            ("multipart/alternative", None, None),
            ("text/plain", "utf-8", "quoted-printable"),
            ("text/html", "utf-8", "quoted-printable"),
        ],
        [],
    )


# A busy machine is no fault of the letter: no deadline.
@settings(max_examples=300, deadline=None)
@given(text=LETTERS, html=LETTERS, prenom=TEXTS.filter(str.strip))
def test_any_letter_and_name_read_back_in_legal_lines(text, html, prenom):
    letter = Rendered("", html, text)
    values = VALUES | {"prenom": prenom}
    compiled = compile_letter(letter)
    body = compiled.fill(values)
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= quoted.LINE_BYTES
    assert not re.search(rb"[\r\n]", b"".join(lines))
    assert not any(line.startswith(b".") for line in lines)
    assert relaxed_body(body) == body
    assert not re.search(rb"[^\t\x20-\x7e]|[ \t]$", b"\n".join(lines).replace(b"\n", b""))
    expected = filled(letter, values)
    assert contents(compiled, values) == (expected.text, expected.html)


def test_a_letter_names_the_fields_that_everybody_needs():
    assert compile_letter(render(LETTER)).required == {"unsubscribe_url", "web_url"}


def test_an_unknown_field_is_refused_by_its_name():
    with pytest.raises(Invalid, match="ville"):
        compile_letter(Rendered("", "", "Bonjour {{ville}}"))


def test_a_missing_value_is_refused_by_its_name():
    with pytest.raises(Invalid, match="web_url"):
        compile_letter(render(LETTER)).fill({"unsubscribe_url": "https://x.fr/"})


def test_the_subject_is_filled_like_the_body():
    compiled = compile_letter(Rendered(mark("Pour {{prenom|vous}}"), "", ""))
    assert compiled.subject_for({"prenom": "Zoé"}) == "Pour Zoé"


def test_a_body_holds_nothing_of_the_person_before():
    compiled = compile_letter(render(LETTER))
    compiled.fill(VALUES | {"prenom": "Zoé", "unsubscribe_url": "https://x.fr/zoe"})
    other = VALUES | {"prenom": "Léa", "unsubscribe_url": "https://x.fr/lea"}
    assert contents(compiled, other) == contents(compile_letter(render(LETTER)), other)
    assert b"zoe" not in compiled.fill(other)
