import io
import re

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from mailer.db import db, transaction
from mailer.subscriptions.imports import jobs, queries
from mailer.subscriptions.imports.stages import WORKING, Stage
from mailer.subscriptions.models import Subscriber

PAGE = "/bureau/abonnes/importation"
FILE = (
    b"Nom;Courriel\nZo\xc3\xa9;zoe@exemple.fr\nR\xc3\xa9mi;remi.exemple.fr\n<b>;x<b>@exemple.fr\n"
)


@pytest.fixture
def browser(staff):
    return staff("subscribers")


def drop(browser, content=FILE, name="liste.csv"):
    """Encoded here: for a large file the client would leave one of its own open."""
    file = FileStorage(io.BytesIO(content), name)
    boundary, body = encode_multipart(browser.tokens() | {"file": file})
    return browser.post(PAGE, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def describe(browser, page, letter, **said):
    said = {
        "list_id": letter,
        "roles": ["", "email"],
        "source": "Salon de la mer",
        "collected_on": "2025-09-01",
        "notice": "",
        "answerable": "Camille Morin",
    } | said
    return browser.submit(f"{page}/colonnes", **said)


def test_a_file_goes_from_the_drop_to_the_list(browser, letter, notice, people):
    page = drop(browser).location
    assert "Zoé" in browser.get(page).text

    describe(browser, page, letter, notice=notice)
    assert "Lecture du fichier" in browser.get(page).text
    jobs.run()
    check = browser.get(page).text
    assert "Importer 1 adresse" in check
    assert "ligne 3" in check
    assert "adresse sans @" in check
    assert people() == {}

    browser.submit(f"{page}/validation")
    jobs.run()
    assert "inscrites, avec leur preuve" in browser.get(page).text
    assert list(people()) == ["zoe@exemple.fr"]


def test_what_the_file_says_is_never_html(browser, letter):
    page = drop(browser).location
    describe(browser, page, letter)
    jobs.run()

    assert "x<b>@exemple.fr" not in browser.get(page).text
    assert "x&lt;b&gt;@exemple.fr" in browser.get(page).text


def test_a_column_of_addresses_must_be_named(browser, letter):
    page = drop(browser).location

    answer = describe(browser, page, letter, roles=["", ""])

    assert answer.status_code == 422
    assert "Choisissez la colonne des adresses" in answer.text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"answerable": ""}, "Nommez la personne"),
        ({"collected_on": "2100-01-01"}, "Choisissez une date passée"),
    ],
)
def test_what_is_missing_is_asked_for_again(browser, letter, said, words):
    page = drop(browser).location

    answer = describe(browser, page, letter, **said)

    assert (answer.status_code, words in answer.text) == (422, True)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\n\n"])
def test_a_file_that_is_no_table_is_refused_with_the_cure(browser, letter, content):
    answer = drop(browser, content)

    assert answer.status_code == 422
    assert "file-error" in answer.text
    assert queries.newest().rows == []


def test_no_file_at_all_is_said(browser):
    answer = browser.submit(PAGE)

    assert (answer.status_code, "Choisissez un fichier" in answer.text) == (422, True)


def test_a_file_that_is_too_large_is_refused_unread(app, browser):
    app.config["IMPORT_MAX_MEGABYTES"] = 1

    assert drop(browser, b"email\n" + b"a" * 1_500_000).status_code == 413


def test_the_file_may_be_larger_than_any_other_form(browser, letter):
    rows = b"".join(b"p%d@exemple.fr\n" % n for n in range(200_000))

    assert drop(browser, b"email\n" + rows).status_code == 303


def test_the_rows_set_aside_can_be_taken_away_safely(browser, letter):
    page = drop(browser, b"Nom;Courriel\nx;=cmd|' /C calc'!A0\n").location
    describe(browser, page, letter)
    jobs.run()

    answer = browser.get(f"{page}/rejets")

    assert answer.mimetype == "text/csv"
    assert "\"'=cmd|' /C calc'!A0\"" in answer.text


def test_an_import_can_be_given_up(browser, letter):
    page = drop(browser).location
    assert f"{page}/abandon" in browser.get(page).text
    assert "il faudrait le déposer de nouveau" in browser.get(f"{page}/abandon").text
    assert queries.newest().rows[0].stage == Stage.RECEIVED

    browser.submit(f"{page}/abandon")

    assert queries.newest().rows[0].stage == Stage.DROPPED
    assert "abandonné" in browser.get(page).text
    assert browser.submit(f"{page}/validation").status_code == 409
    assert browser.get(f"{page}/abandon").status_code == 409


def test_the_progress_tells_when_it_is_over(browser, letter):
    page = drop(browser).location
    describe(browser, page, letter)
    moving = re.search(r'hx-get="([^"]+)"', browser.get(page).text)[1].replace("&amp;", "&")

    assert "HX-Refresh" not in browser.get(moving).headers
    jobs.run()
    assert browser.get(moving).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("stage", WORKING)
def test_no_page_of_an_import_asks_for_itself_for_ever(browser, letter, stage):
    page = drop(browser).location
    describe(browser, page, letter)
    with transaction():
        queries.newest().rows[0].stage = stage

    moving = re.search(r'hx-get="([^"]+)"', browser.get(page).text)[1].replace("&amp;", "&")
    asked_again = browser.get(page).text

    assert "HX-Refresh" not in browser.get(moving).headers
    assert moving.replace("&", "&amp;") in asked_again


def test_without_proof_one_question_may_be_sent(browser, letter):
    page = drop(browser).location
    describe(browser, page, letter, source="")
    jobs.run()
    assert "mises de côté" in browser.get(page).text
    browser.submit(f"{page}/validation")
    jobs.run()
    assert "Demander à 1 adresse" in browser.get(page).text

    browser.submit(f"{page}/demandes")

    assert "ne le seront plus" in browser.get(page).text
    assert browser.submit(f"{page}/demandes").status_code == 409


@pytest.mark.parametrize("roles", [("sender",), ("editor",), ("dpo",)])
def test_other_roles_find_nothing_here(staff, roles):
    assert staff(*roles).get(PAGE).status_code == 404


def test_a_stranger_is_not_let_in_with_a_large_file(visitor, app):
    answer = visitor.post(PAGE, data=b"a" * 3_000_000, content_type="multipart/form-data")

    assert answer.status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Subscriber)) == 0


def test_a_page_says_what_leaves_the_list_before_an_import_is_taken_back(
    browser, letter, notice, people
):
    page = drop(browser).location
    describe(browser, page, letter, notice=notice)
    assert browser.get(f"{page}/annulation").location == page
    jobs.run()
    browser.submit(f"{page}/validation")
    jobs.run()

    assert f'href="{page}/annulation"' in browser.get(page).text
    assert "a apporté 1 adresse" in browser.get(f"{page}/annulation").text
    assert list(people()) == ["zoe@exemple.fr"]

    browser.submit(f"{page}/annulation")
    jobs.run()
    assert people() == {}
