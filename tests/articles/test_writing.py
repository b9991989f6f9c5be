"""Articles typed by hand, and the words that images lack, as editors meet them."""

import io

import pytest
from articles.looking import looked_at
from articles.rss import rss

from mailer.articles import images, jobs, listing, queries
from mailer.articles.listing import Search, State
from mailer.articles.models import Source
from mailer.db import db

FORM = "/bureau/articles/saisie"
LIST = "/bureau/articles"


@pytest.fixture
def editor(staff):
    return staff("editor")


def typed(**fields):
    return {
        "title": "La nuit des phares",
        "url": "exemple.fr/nuit",
        "summary": "Ils veillent.",
    } | fields


def upload(content):
    return (io.BytesIO(content), "photo.jpg")


def only():
    return queries.recent(1)[0]


def test_an_article_is_typed_with_its_picture(editor, photo):
    fields = typed(published_on="2026-11-20", picture=upload(photo), alternative="Un phare")
    answer = editor.submit(FORM, **fields)
    article = only()
    assert (answer.status_code, answer.location) == (303, f"{LIST}#article-{article.id}")
    assert (article.title, article.url) == ("La nuit des phares", "https://exemple.fr/nuit")
    assert (article.image_width, article.image_alt) == (1104, "Un phare")
    assert (images.folder() / article.picture_small).is_file()
    assert article.published_at.isoformat() == "2026-11-20T11:00:00+00:00"
    page = editor.get(LIST).text
    assert "Saisis à la main" in page
    assert article.small_image_path in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Donnez un titre"),
        ({"url": ""}, "Donnez l’adresse où mène l’article"),
        ({"url": "javascript:x"}, "Ce n’est pas une adresse web"),
        ({"summary": "x" * 601}, "600 caractères"),
        ({"picture": b"bonjour", "alternative": "x"}, "Choisissez un fichier JPEG"),
        ({"picture": b"bonjour"}, "Dites en une phrase ce que l’image montre"),
        ({"picture": b"bonjour"}, "Choisissez l’image de nouveau"),
        ({"alternative": "Un phare"}, "Choisissez l’image que ce texte décrit"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(editor, fields, sentence):
    if "picture" in fields:
        fields = fields | {"picture": upload(fields["picture"])}
    answer = editor.submit(FORM, **typed(**fields))
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert typed(**fields)["summary"] in answer.text
    assert queries.recent(9) == []


def test_an_address_is_typed_once(editor):
    editor.submit(FORM, **typed())
    answer = editor.submit(FORM, **typed(url="http://www.exemple.fr/nuit/"))
    assert answer.status_code == 422
    assert "mène déjà à cette adresse" in answer.text
    assert db.session.query(Source).count() == 1


def test_an_article_that_was_typed_is_changed_and_keeps_its_picture(editor, photo):
    editor.submit(FORM, **typed(picture=upload(photo), alternative="Un phare"))
    before = only()
    path, picture = f"{LIST}/{before.id}/saisie", before.picture
    assert "La nuit des phares" in editor.get(path).text
    answer = editor.submit(path, **typed(title="La nuit est reportée", alternative="Un phare"))
    after = only()
    assert (answer.status_code, after.title, after.picture) == (
        303,
        "La nuit est reportée",
        picture,
    )
    assert after.changed_at is not None


def test_the_picture_of_an_article_is_taken_away(editor, photo):
    editor.submit(FORM, **typed(picture=upload(photo), alternative="Un phare"))
    editor.submit(f"{LIST}/{only().id}/saisie", **typed(without_picture="y"))
    assert (only().image_path, only().image_url, only().image_alt) == ("", "", "")


def test_an_article_that_was_typed_is_removed_after_a_check(editor):
    editor.submit(FORM, **typed())
    path = f"{LIST}/{only().id}/suppression"
    assert "La nuit des phares" in editor.get(path).text
    assert editor.submit(path).status_code == 303
    assert queries.recent(9) == []


def test_what_a_source_brought_is_not_changed_by_hand(editor, site):
    looked_at(editor, site.add("/flux", rss("a")))
    assert editor.get(f"{LIST}/{only().id}/saisie").status_code == 404
    assert editor.submit(f"{LIST}/{only().id}/suppression").status_code == 404


def test_an_image_without_a_text_gets_one_on_the_page_of_articles(editor, site, photo):
    looked_at(editor, site.add("/flux", rss("a", image=site.add("/p.jpg", photo))))
    jobs.fetch_images()
    path = f"{LIST}/{only().id}/alternative"
    assert path in editor.get(LIST).text
    answer = editor.submit(f"{path}?etat=sans-texte", alternative="Un  phare")
    assert answer.location == f"{LIST}?etat=sans-texte#article-{only().id}"
    assert only().image_alt == "Un phare"
    assert "Image : Un phare" in editor.get(LIST).text


def test_an_empty_text_is_refused_beside_the_image(editor, site):
    looked_at(editor, site.add("/flux", rss("a", image="https://a.fr/p.jpg")))
    answer = editor.submit(f"{LIST}/{only().id}/alternative", alternative=" ")
    assert (answer.status_code, "Dites en une phrase" in answer.text) == (422, True)


@pytest.fixture
def three(editor, site):
    looked_at(editor, site.add("/flux", rss("Marée haute", "Le phare", "Été")))
    return editor


@pytest.mark.parametrize(
    ("words", "titles"),
    [("MAREE", ["Marée haute"]), ("le phare", ["Le phare"]), ("phare marée", []), ("%", [])],
)
def test_articles_are_searched_by_words_whatever_their_accents(three, words, titles):
    page = three.get(LIST, query_string={"mots": words}).text
    assert [
        title for title in ("Marée haute", "Le phare", "Été") if f">{title}</a>" in page
    ] == titles
    assert ("Aucun article ne répond" in page) is (not titles)


def test_articles_are_searched_by_source_and_state(three):
    three.submit(FORM, **typed())
    source = db.session.query(Source).filter_by(kind="typed").one()
    found = [each.title for each in listing.found(Search(source_id=source.id), None).rows]
    assert found == ["La nuit des phares"]
    assert listing.found(Search(state=State.VANISHED), None).rows == []
    assert (
        three.get(LIST, query_string={"source": "x", "etat": "x", "avant": "x"}).status_code == 200
    )


def test_every_article_stands_on_one_page_of_the_list(editor, site):
    names = [f"n{number}" for number in range(120)]
    looked_at(editor, site.add("/flux", rss(*names)))
    seen, before = [], None
    while True:
        page = listing.found(Search(), before)
        seen += [article.title for article in page.rows]
        before = page.next_key
        if before is None:
            break
    assert sorted(seen) == sorted(names)
    assert "Plus anciens" in editor.get(LIST).text
