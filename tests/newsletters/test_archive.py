"""The archive: what was sent, for anybody, and nothing of anybody in it."""

import json
import re
from datetime import timedelta

import pytest
from lxml import etree

from mailer.clock import now
from mailer.db import db, transaction
from mailer.newsletters import approving, operations, queries
from mailer.newsletters.block_types import Article, Event
from mailer.newsletters.blocks import Block
from mailer.newsletters.operations import Draft
from mailer.subscriptions.lists import Archive
from mailer.subscriptions.models import MailingList
from mailer.web import pages

ATOM = "{http://www.w3.org/2005/Atom}"
# Addresses that end in a token, and what a token looks like.
PERSONAL = re.compile(
    r"/(?:desinscriptions|u|gestion|preferences|pourquoi|suivi|m|inscriptions|adresses)/|zqfield|\{\{"
)


@pytest.fixture
def listed(mailing_list):
    """`listed(Archive.INDEXED)`: the list lets its letters be found so."""

    def shown(archive, slug="estran"):
        with transaction():
            of = db.session.scalars(db.select(MailingList).where(MailingList.slug == slug)).one()
            of.archive = archive

    return shown


@pytest.fixture
def publish(mailing_list):
    """`publish("Le phare rouvre")`: the number of a letter that was sent."""

    def sent(subject, summary="Le phare rouvre.", days_ago=0, list_id=mailing_list):
        at = now() - timedelta(days=days_ago)
        article = Article(title="Le gardien", summary=summary, url="https://exemple.fr/phare")
        draft = Draft(subject, "Tout l’été, de dix heures à la nuit.", (Block("b1", article),))
        with transaction():
            series = operations.series_of(db.session.get_one(MailingList, list_id))
            issue = operations.draft_issue(series, [], "fr", at, "account:9")
            operations.save(issue, draft, 1, at, "account:9")
            operations.approve(issue, 2, "account:1", at)
            approving.sent(issue.id, at)
            return issue.id

    return sent


def test_an_empty_archive_says_what_to_do(visitor, listed):
    listed(Archive.INDEXED)
    assert "Aucune lettre n’est encore parue ici" in visitor.get("/archives").text


def test_what_was_sent_is_listed_newest_first(visitor, listed, publish):
    listed(Archive.INDEXED)
    publish("La plus vieille", days_ago=3)
    publish("La plus jeune")
    page = visitor.get("/archives/estran").text
    assert page.index("La plus jeune") < page.index("La plus vieille")


def test_what_was_not_sent_is_nowhere(visitor, listed, draft):
    listed(Archive.INDEXED)
    with transaction():
        operations.approve(queries.locked(draft), 2, "account:1", now())
    assert "Le phare rouvre" not in visitor.get("/archives").text
    assert visitor.get(f"/archives/estran/{draft}").status_code == 404


def test_the_letters_of_a_list_that_does_not_publish_are_nowhere(visitor, publish):
    number = publish("Entre nous")
    assert "Entre nous" not in visitor.get("/archives").text
    for path in ("", f"/{number}", "/atom.xml", "/feed.json"):
        assert visitor.get(f"/archives/estran{path}").status_code == 404


@pytest.mark.parametrize("words", ["gardiens ecluse", "GARDIENS", "écluse", "100 %", "a_b"])
def test_words_are_found_whatever_their_accents_and_capitals(visitor, listed, publish, words):
    listed(Archive.INDEXED)
    publish("Trouvée", "Les gardiens de l’Écluse, à 100 % : a_b.")
    publish("Autre chose", "Rien de tel, 100 fois, axb.")
    page = visitor.get("/archives", query_string={"q": words}).text
    assert "Trouvée" in page
    assert "Autre chose" not in page


def test_a_search_without_a_find_says_how_to_go_on(visitor, listed, publish):
    listed(Archive.INDEXED)
    publish("Le phare rouvre")
    page = visitor.get("/archives?q=dromadaire")
    assert "Essayez-en moins" in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_a_long_archive_is_read_page_by_page(visitor, listed, publish, monkeypatch):
    monkeypatch.setattr("mailer.newsletters.archived.PAGE_ROWS", 2)
    listed(Archive.INDEXED)
    for number in range(5):
        publish(f"Lettre numéro {number}", days_ago=number // 2)
    seen, path = [], "/archives/estran"
    while path:
        page = visitor.get(path).text
        seen += re.findall(r"Lettre numéro \d", page)
        following = re.search(r'href="([^"]*avant=\d+)"', page)
        path = following and following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 5
    assert pages.PAGE_ROWS == 50


def test_a_page_that_no_letter_begins_is_refused_gently(visitor, listed, publish):
    listed(Archive.INDEXED)
    publish("Le phare rouvre")
    assert visitor.get("/archives?avant=99999").status_code == 200
    assert visitor.get("/archives?avant=²").status_code == 200


@pytest.mark.parametrize(
    ("archive", "robots"), [(Archive.UNINDEXED, "noindex"), (Archive.INDEXED, "all")]
)
def test_search_engines_are_told_what_the_list_chose(visitor, listed, publish, archive, robots):
    listed(archive)
    number = publish("Le phare rouvre")
    for path in ("/archives", "/archives/estran", f"/archives/estran/{number}"):
        answer = visitor.get(path)
        assert answer.headers["X-Robots-Tag"] == robots
        assert f'<meta name="robots" content="{robots}">' in answer.text


def test_a_page_with_letters_of_a_list_that_is_not_to_be_found_is_not_either(visitor, listed):
    listed(Archive.INDEXED)
    with transaction():
        told = {"name": "Presse", "description": "Presse", "frequency": "Mensuel"}
        db.session.add(MailingList(slug="presse", archive=Archive.UNINDEXED, **told))
    for path in ("/archives", "/archives/atom.xml", "/archives/feed.json"):
        assert visitor.get(path).headers["X-Robots-Tag"] == "noindex"
    assert visitor.get("/archives/estran").headers["X-Robots-Tag"] == "all"


def test_each_letter_has_one_lasting_address(visitor, listed, publish):
    listed(Archive.INDEXED)
    number = publish("Le phare rouvre")
    lasting = f"http://127.0.0.1:8000/archives/estran/{number}"
    assert f'<link rel="canonical" href="{lasting}">' in visitor.get(lasting).text
    signed = queries.web_url(number).partition("8000")[2]
    assert visitor.get(signed).headers["Link"] == f'<{lasting}>; rel="canonical"'


def test_the_address_of_another_list_shows_no_letter(visitor, listed, publish, app):
    listed(Archive.INDEXED)
    number = publish("Le phare rouvre")
    with transaction():
        other = MailingList(slug="autre", name="Autre", description="d", frequency="f")
        other.archive = Archive.INDEXED
        db.session.add(other)
    assert visitor.get(f"/archives/autre/{number}").status_code == 404


def test_atom_tells_the_letters(visitor, listed, publish):
    listed(Archive.INDEXED)
    publish("Phare & <marée>")
    answer = visitor.get("/archives/estran/atom.xml")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.data)
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Agence de l’Estran"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Phare & <marée>"
    for name in ("id", "published", "updated", "summary"):
        assert entry.findtext(f"{ATOM}{name}")
    assert entry.find(f"{ATOM}link").get("href") == entry.findtext(f"{ATOM}id")


def test_json_feed_tells_the_letters(visitor, listed, publish):
    listed(Archive.INDEXED)
    number = publish("Le phare rouvre")
    answer = visitor.get("/archives/feed.json")
    assert answer.content_type == "application/feed+json; charset=utf-8"
    feed = json.loads(answer.data)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = feed["items"]
    assert item["id"] == item["url"] == f"http://127.0.0.1:8000/archives/estran/{number}"
    assert "Le gardien" in item["content_text"]


def test_a_feed_without_letters_is_a_feed(visitor, listed):
    listed(Archive.INDEXED)
    assert etree.fromstring(visitor.get("/archives/atom.xml").data).findtext(f"{ATOM}updated")
    assert json.loads(visitor.get("/archives/feed.json").data)["items"] == []


def test_no_public_page_holds_anything_of_a_reader(visitor, listed, publish):
    listed(Archive.INDEXED)
    number = publish("Bonjour {{prenom|à vous}}", "Cher {{prenom|lecteur}}, depuis {{joined_on}}.")
    signed = queries.web_url(number).partition("8000")[2]
    every = ("", "/atom.xml", "/feed.json")
    paths = [f"/archives{of}{each}" for of in ("", "/estran") for each in every]
    for path in (*paths, f"/archives/estran/{number}", signed):
        page = visitor.get(path)
        assert page.status_code == 200
        assert PERSONAL.findall(page.text) == [], path
        assert "Bonjour à vous" in page.text


def test_the_home_of_visitors_leads_to_the_archive_once_there_is_one(visitor, listed):
    assert 'href="/archives"' not in visitor.get("/").text
    listed(Archive.UNINDEXED)
    assert 'href="/archives"' in visitor.get("/").text


def test_staff_choose_for_each_list(staff, listed, mailing_list):
    browser = staff("admin")
    typed = {"name": "Estran", "description": "La côte", "frequency": "Mensuel", "aim": "informer"}
    path = f"/bureau/listes/{mailing_list}"
    answer = browser.submit(path, **typed, basis="consent", archive="indexed")
    assert answer.status_code == 303
    assert db.session.get_one(MailingList, mailing_list).archive is Archive.INDEXED


def test_a_date_of_a_letter_goes_into_a_calendar(visitor, mailing_list):
    when = Event("Visite, {{prenom|à tous}}", "2026-12-05", "14:30", "", "17:00", "Cale")
    draft = Draft("La visite", "Un samedi de décembre, sur la cale.", (Block("b1", when),))
    with transaction():
        series = operations.series_of(db.session.get_one(MailingList, mailing_list))
        issue = operations.draft_issue(series, [], "fr", now(), "account:9")
        operations.save(issue, draft, 1, now(), "account:9")
        operations.approve(issue, 2, "account:1", now())
        number = issue.id
    page = queries.web_url(number).partition("8000")[2]
    path = re.search(r'href="([^"]*/agenda/b1.ics)"', visitor.get(page).text)[1]
    answer = visitor.get(path.partition("8000")[2])
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "SUMMARY:Visite\\, à tous\r\n" in answer.text
    assert "DTSTART:20261205T133000Z" in answer.text
    assert visitor.get(f"{page}/agenda/b9.ics").status_code == 404


def test_what_xml_cannot_hold_stops_no_feed(visitor, listed, publish):
    listed(Archive.INDEXED)
    publish("Le phare\uffff rouvre")
    feed = etree.fromstring(visitor.get("/archives/atom.xml").data)
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "Le phare rouvre"
