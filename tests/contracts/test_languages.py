"""A page speaks one language, the one that was asked for."""

import re
from urllib.parse import urlsplit

import pytest
from babel.messages.pofile import read_po
from browser import Browser
from lxml import html

from mailer.app import create_app
from mailer.cli.migrate import bring_up_to_date
from mailer.db import db
from mailer.demo import load
from mailer.demo.people import ACCOUNTS, PASSPHRASE
from mailer.resources import PACKAGE

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
# Shorter words may stand in the other language, in a name or in a letter.
LETTERS_AT_LEAST = 13
# Letters, mails and notices speak the language of their readers; the articles are a French site.
OWN_LANGUAGE = re.compile(
    r"/(dev|demo|lettres|static|medias|bureau/notices/(courte|complete)|donnees-personnelles/versions)/"
    r"|/apercu$|^/archives/[^/]+/[0-9]+$"
)
STARTS = {"visitor": ["/", "/connexion", "/nulle-part"], "admin": ["/bureau"]}


@pytest.fixture(scope="module")
def sentences():
    """What the interface says in each language and not in the other, placeholders apart."""
    with (PACKAGE / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="en") if entry.id]
    french = {piece for entry in entries for piece in pieces(entry.id)}
    english = {piece for entry in entries for piece in pieces(entry.string)}
    return {"fr": french - english, "en": english - french}


def pieces(words):
    forms = words if isinstance(words, tuple) else (words,)
    cut = (plain(piece) for form in forms for piece in PLACEHOLDER.split(form))
    return [piece for piece in cut if len(piece) >= LETTERS_AT_LEAST]


def plain(words):
    return " ".join(words.split())


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The application on the data of the demonstration, so that no page is empty."""
    folder = str(tmp_path_factory.mktemp("demo"))
    app = create_app(
        {
            "DEMO": True,
            "DATA_FOLDER": folder,
            "DATABASE_URL": "",
            "FORM_MIN_SECONDS": 0,
            "SECOND_FACTOR_ROLES": [],
        }
    )
    app.testing = True
    app.test_client_class = Browser
    with app.test_request_context():
        bring_up_to_date()
        list(load.once())
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("reader", STARTS)
@pytest.mark.parametrize(("language", "other"), [("en", "fr"), ("fr", "en")])
def test_no_page_mixes_its_language_with_the_other(site, sentences, reader, language, other):
    browser = site.test_client()
    if reader != "visitor":
        browser.submit("/connexion", email=ACCOUNTS[-1].email, passphrase=PASSPHRASE)

    read = dict(pages(browser, STARTS[reader], language))
    assert len(read) > len(STARTS[reader])
    assert {
        path: found
        for path, words in read.items()
        if (found := sorted(s for s in sentences[other] if s in words))
    } == {}


def pages(browser, starts, language):
    """The words of one page of each kind that links lead to."""
    waiting, seen = list(starts), set()
    while waiting:
        path = waiting.pop(0)
        shape = re.sub(r"\d+", "0", path)
        if shape in seen or OWN_LANGUAGE.search(path):
            continue
        seen.add(shape)
        answer = browser.get(path, query_string={"lang": language}, follow_redirects=True)
        if answer.mimetype == "text/html":
            tree = html.fromstring(answer.text)
            yield path, words_of(tree)
            waiting += [
                urlsplit(href).path for href in tree.xpath("//a/@href[starts-with(., '/')]")
            ]


def words_of(tree):
    spoken = tree.xpath("//@aria-label | //@title | //@alt | //@placeholder")
    return plain(" ".join((tree.text_content(), *spoken)))
