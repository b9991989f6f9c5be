"""The editors' pages, as a browser sees them."""

import io

import pytest
from articles.looking import looked_at
from articles.rss import rss
from flask_babel import force_locale

from mailer.articles import jobs, queries
from mailer.articles.data import Gap, Problem
from mailer.articles.failures import PICTURES, SENTENCES
from mailer.articles.images import Flaw
from mailer.articles.words import GAPS
from mailer.outgoing import Reason


@pytest.fixture
def editor(staff):
    return staff("editor")


def add(editor, **fields):
    return editor.submit("/bureau/sources", **fields)


def upload(content, name="flux.xml"):
    return {"file": (io.BytesIO(content), name)}


def test_who_is_not_an_editor_sees_no_articles(visitor, staff):
    assert visitor.get("/bureau/articles").status_code == 303
    assert staff("dpo").get("/bureau/sources").status_code == 404


def test_the_empty_pages_say_what_to_do(editor):
    assert "Ajouter une source" in editor.get("/bureau/articles").text
    assert "Il n’y a pas encore de source" in editor.get("/bureau/sources").text


def test_a_feed_is_added_by_its_address(editor, site):
    page = looked_at(editor, site.add("/flux", rss("a", "b"))).text
    assert "« Le site » est ajouté : 2 articles lus." in page
    assert site.url in editor.get("/bureau/sources").text
    assert "https://exemple.fr/a" in editor.get("/bureau/articles").text


def test_a_page_leads_to_the_feed_it_announces(editor, site):
    link = '<link rel="alternate" type="application/rss+xml" href="/flux">'
    site.add("/flux", rss("a"))
    looked_at(editor, site.add("/", f"<!doctype html><title>x</title>{link}".encode()))
    assert queries.sources()[0].url == f"{site.url}/flux"


def test_a_feed_is_added_from_a_file(editor):
    answer = add(editor, **upload(rss("a")))
    source = queries.sources()[0]
    assert (answer.status_code, source.file_name, source.url) == (303, "flux.xml", None)
    assert source.next_fetch_at is None


def test_a_feed_is_tried_before_it_is_kept(editor, site):
    page = looked_at(editor, site.add("/flux", rss("Le phare")), preview="1").text
    assert queries.sources() == []
    assert "Le phare" in page
    assert f'value="{site.url}/flux"' in page


def test_a_file_is_tried_before_it_is_kept(editor):
    answer = add(editor, **upload(rss("Le phare")), preview="1")
    assert (answer.status_code, queries.sources()) == (200, [])
    assert "Le phare" in answer.text


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/page", Problem.NOT_A_FEED),
        ("/big", Reason.TOO_BIG),
        ("/inside", Reason.REFUSED_ADDRESS),
        ("/absent", Reason.NOT_FOUND),
    ],
)
def test_a_bad_feed_gets_one_sentence_and_nothing_is_stored(app, editor, site, path, reason):
    site.add("/page", b"<html><p>Bonjour</p></html>")
    site.add("/big", b" " * 5_000_001)
    site.add("/inside", status=302, Location="http://[::1]/flux")
    page = looked_at(editor, site.url + path).text
    with app.test_request_context(), force_locale("fr"):
        sentence = str(SENTENCES[reason])
    assert (sentence in page, f'value="{site.url}{path}"' in page) == (True, True)
    assert queries.sources() == []


def test_a_file_that_is_no_feed_gets_one_sentence(editor):
    answer = add(editor, **upload(b"bonjour"))
    assert (answer.status_code, queries.sources()) == (422, [])
    assert "Ce n’est ni un flux" in answer.text


def test_an_empty_form_says_what_it_takes(editor):
    answer = add(editor)
    assert answer.status_code == 422
    assert "Donnez l’adresse d’un site ou d’un flux" in answer.text


def test_a_feed_that_is_there_already_says_so(editor, site):
    url = site.add("/flux", rss("a"))
    looked_at(editor, url)
    page = looked_at(editor, url).text
    assert "déjà dans la liste" in page
    assert len(queries.sources()) == 1


def test_a_file_cannot_be_read_again(editor):
    add(editor, **upload(rss("a")))
    assert editor.submit(f"/bureau/sources/{queries.sources()[0].id}/lecture").status_code == 409


def test_a_source_is_removed_after_a_check(editor, site):
    looked_at(editor, site.add("/flux", rss("a", "b")))
    path = f"/bureau/sources/{queries.sources()[0].id}/suppression"
    assert "Ses 2 articles" in editor.get(path).text
    assert len(queries.sources()) == 1
    assert editor.submit(path).status_code == 303
    assert queries.sources() == []


@pytest.mark.parametrize("verb", ["get", "submit"])
def test_a_source_that_is_not_there_is_not_found(editor, verb):
    assert getattr(editor, verb)("/bureau/sources/9/suppression").status_code == 404


def test_an_image_without_alternative_text_is_pointed_out(editor, site, photo):
    looked_at(editor, site.add("/flux", rss("a", image=site.add("/p.jpg", photo))))
    jobs.fetch_images()
    page = editor.get("/bureau/articles").text
    assert "image sans texte de remplacement" in page
    assert queries.recent(1)[0].small_image_path in page
    assert site.url not in page


def test_every_reason_has_its_sentence():
    assert (set(SENTENCES), set(PICTURES), set(GAPS)) == ({*Reason, *Problem}, {*Flaw}, {*Gap})


def test_a_feed_that_is_tried_says_what_is_missing_and_why(editor, site):
    item = b"<item><title>Le phare</title><pubDate>32 mars 2026</pubDate></item>"
    url = site.add("/flux", b"<rss><channel>" + item)
    page = looked_at(editor, url, preview="1").text
    assert "La date « 32 mars 2026 » n’a pas été comprise" in page
    assert "Pas de lien : l’article est laissé de côté" in page
    assert "Le document est mal formé" in page


def test_the_software_of_a_site_is_told_and_kept(editor, site):
    site.add("/", b'<!doctype html><html><meta name="generator" content="SPIP 4.2"></html>')
    site.add("/?page=backend", rss("a"))
    tried = looked_at(editor, site.url, preview="1").text
    said = looked_at(editor, site.url).text
    assert ["SPIP" in tried, "C’est un site SPIP." in said] == [True, True]
    assert "flux RSS ou Atom, SPIP" in said
    assert queries.sources()[0].url == f"{site.url}/?page=backend"
