"""Legal texts are of today on every page and in every mail; only the archive may be old."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import Browser
from lxml import html
from sqlalchemy import select

from mailer.app import create_app
from mailer.cli.migrate import bring_up_to_date
from mailer.clock import now
from mailer.consent import publishing
from mailer.consent.citations import cited
from mailer.consent.models import NoticeKind
from mailer.consent.publishing import OldNotice
from mailer.db import db, transaction
from mailer.demo import load
from mailer.mail.models import OutboxMessage
from mailer.rights import following
from mailer.rights.models import RightsRequest
from mailer.tokens import RIGHTS_STATUS

GOLDEN = Path(__file__).parents[1] / "emails"
FORMER = re.compile(r"\bCIL\b|\bcil@|Correspondant Informatique", re.IGNORECASE)
RIGHTS_OF_BEFORE_2019 = {"38", "39", "40", "40-1"}
OLD = "Articles 39 et 40 de la loi de 1978 : écrivez au CIL, cil@exemple.fr."
# The articles of the demonstration are a site of somebody else's.
ELSEWHERE = re.compile(r"^/(static|medias|demo)/")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The demonstration, with an old notice in its archive."""
    data = str(tmp_path_factory.mktemp("demo"))
    settings = {"DEMO": True, "FORM_MIN_SECONDS": 0, "SECOND_FACTOR_ROLES": []}
    app = create_app(settings | {"DATA_FOLDER": data, "DATABASE_URL": ""})
    app.testing = True
    app.test_client_class = Browser
    with app.test_request_context():
        bring_up_to_date()
        list(load.once())
        with transaction():
            old = OldNotice(NoticeKind.FULL, "fr", "2014-ancienne", OLD)
            publishing.file(old, "account:1", now())
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def pages(site):
    """What visitors can reach by links, in each language: path and tree."""
    return [page for language in ("fr", "en") for page in crawled(site.test_client(), language)]


def crawled(browser, language):
    waiting, seen = ["/"], set()
    while waiting:
        path = waiting.pop(0)
        if path in seen or ELSEWHERE.search(path):
            continue
        seen.add(path)
        answer = browser.get(path, query_string={"lang": language}, follow_redirects=True)
        if answer.mimetype == "text/html":
            tree = html.fromstring(answer.text)
            yield path, tree
            waiting += [
                urlsplit(each).path for each in tree.xpath("//a/@href[starts-with(., '/')]")
            ]


def outdated(text):
    old = [c.words for c in cited(text) if not c.is_gdpr and c.articles & RIGHTS_OF_BEFORE_2019]
    return old + FORMER.findall(text)


def is_archive(tree):
    return bool(tree.xpath("//article[@data-archive]"))


def test_no_page_cites_the_rights_by_their_old_numbers_or_names_the_cil(pages):
    current = [(path, tree) for path, tree in pages if not is_archive(tree)]

    assert {"/", "/donnees-personnelles", "/droits"} <= {path for path, _ in current}
    assert {path: found for path, tree in current if (found := outdated(tree.text_content()))} == {}


def test_the_old_text_is_found_in_the_archive_and_is_said_to_be_old(pages):
    archived = [tree.text_content() for _, tree in pages if is_archive(tree)]

    assert any(outdated(text) for text in archived)
    assert all("Texte d’archive" in text or "Archived text" in text for text in archived)


def test_no_page_or_letter_of_a_request_does_either(site):
    browser, texts = site.test_client(), {}
    for case in db.session.scalars(select(RightsRequest)).all():
        page = f"/droits/{RIGHTS_STATUS.sign(case.id)}/suivi"
        for path in (page, *(f"{page}/lettres/{letter.id}" for letter in following.kept(case))):
            texts[path] = html.fromstring(browser.get(path).text).text_content()

    assert any("/lettres/" in path for path in texts)
    assert {path: found for path, text in texts.items() if (found := outdated(text))} == {}


def test_no_mail_does_either(site):
    mails = [text or "" for text in db.session.scalars(select(OutboxMessage.text))]
    golden = [path.read_text() for path in GOLDEN.rglob("*.txt")]

    assert golden
    assert {text[:80]: found for text in mails + golden if (found := outdated(text))} == {}
