"""Letters on paper: readable by a screen reader, the same bytes each time."""

import re
from datetime import UTC, datetime

import pytest

from mailer.app import create_app
from mailer.rights.printing import Sheet, pdf

AT = datetime(2026, 11, 24, 9, 0, 1, 500, tzinfo=UTC)
SOURCE = "<h1>Votre demande</h1><section><h2>Pourquoi</h2><p>Parce que.</p></section>"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    data = tmp_path_factory.mktemp("printing")
    settings = {"SECRET_KEYS": ["a key"], "FINGERPRINT_KEY": "another", "DATA_FOLDER": str(data)}
    with create_app(settings).app_context():
        yield


def sheet(source=SOURCE, **more):
    return Sheet(source, "fr", "DR-2026-0042", AT, **more)


def test_a_letter_is_a_tagged_pdf_in_its_language(desk):
    printed = pdf(sheet())
    assert printed.startswith(b"%PDF-1.7")
    assert all(word in printed for word in (b"/StructTreeRoot", b"/Marked true", b"/Lang(fr"))


def test_a_letter_says_that_it_follows_pdf_ua(desk):
    assert re.search(rb"pdfuaid:part", pdf(sheet()))


def test_the_same_letter_is_printed_in_the_same_bytes(desk):
    assert pdf(sheet()) == pdf(sheet())


def test_a_letter_with_an_address_is_another_sheet(desk):
    assert pdf(sheet(addressee=("Nadia Karim", "50000 Port-l’Estran"))) != pdf(sheet())


@pytest.mark.parametrize("words", ["#eval(1)", "$x$ *y* _z_", "</section>", "\\", "😀 山田"])
def test_what_somebody_typed_is_printed_and_never_run(desk, words):
    source = f"<h1>Votre demande</h1><section><p>{words.replace('<', '&lt;')}</p></section>"
    assert pdf(sheet(source)).startswith(b"%PDF")
