"""The part of a head that is one person's own."""

from email import message_from_bytes, policy

import pytest

from mailer.delivery import heads
from mailer.mail import headers

TOKEN = "WzEyLCJkZWxpdmVyeTozNCJd.aSklog." + "x" * 43


def own(address):
    """The fields for that address, parsed, and the bytes."""
    unsubscribe = headers.unsubscribe_headers(
        f"https://lettre.exemple.fr/u/{heads.TOKEN}",
        headers.mailto("lettre@exemple.fr", heads.TOKEN),
    )
    made = heads.own_head(f"<c1.r{heads.REFERENCE}@exemple.fr>", unsubscribe)
    content = made.of(address, b"34.0123456789abcdef", TOKEN.encode())
    return message_from_bytes(content, policy=policy.SMTP), content


@pytest.mark.parametrize("address", ["ana@exemple.fr", "o'neil+%d@exemple.fr", "a" * 64 + "@x.fr"])
def test_each_field_is_that_persons(address):
    message, _ = own(address)
    assert message["To"] == address
    assert message["Message-ID"] == "<c1.r34.0123456789abcdef@exemple.fr>"
    assert message["List-Unsubscribe"] == (
        f"<https://lettre.exemple.fr/u/{TOKEN}>,"
        f" <mailto:lettre@exemple.fr?subject=unsubscribe%20{TOKEN}>"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_it_is_what_the_fields_would_be_one_by_one():
    fields = (
        ("To", "ana@exemple.fr"),
        ("Message-ID", "<c1.r34.0123456789abcdef@exemple.fr>"),
        *headers.unsubscribe_headers(
            f"https://lettre.exemple.fr/u/{TOKEN}", headers.mailto("lettre@exemple.fr", TOKEN)
        ),
    )
    assert own("ana@exemple.fr")[1] == headers.serialise(fields) + b"\r\n"


@pytest.mark.parametrize("address", ["ana@exemple.fr\r\nBcc: x@y.fr", "ana@exemple.fr\0"])
def test_an_address_brings_no_other_field(address):
    with pytest.raises(headers.Invalid):
        own(address)
