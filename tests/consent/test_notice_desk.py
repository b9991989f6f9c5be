"""The staff's pages of notices."""

import pytest
from sqlalchemy import select

from mailer.consent.models import Notice, NoticeKind, NoticeSource
from mailer.consent.notices import in_force, shipped
from mailer.db import db

FULL = "/bureau/notices/complete/fr"
OLD = {"name": "2014-cil", "kind": "short", "locale": "fr", "body": "Écrivez au CIL."}


@pytest.fixture
def desk(staff):
    return staff("dpo")


def own(text):
    return text.replace("Vos données personnelles", "Ce que nous savons de vous")


def test_the_shipped_notices_have_no_fault(desk):
    page = desk.get("/bureau/notices").text

    assert page.count("Rien à signaler") == 4
    assert "Aucun texte d’archive" in page


def test_the_text_in_force_is_where_a_new_version_begins(desk, app):
    page = desk.get(FULL).text

    assert "{organisme}, {adresse}." in page
    assert "<dd" in page
    assert "Agence de l’Estran" in page


def test_a_preview_shows_the_text_and_keeps_nothing(desk):
    answer = desk.submit(f"{FULL}/apercu", text=own(shipped(NoticeKind.FULL, "fr")))

    assert answer.status_code == 200
    assert "Ce que nous savons de vous</h3>" in answer.text
    assert db.session.scalars(select(NoticeSource)).all() == []


def test_a_published_text_is_in_force_at_once(desk, visitor):
    answer = desk.submit(FULL, text=own(shipped(NoticeKind.FULL, "fr")))

    assert answer.status_code == 303
    assert "<h1>Ce que nous savons de vous</h1>" in visitor.get("/donnees-personnelles").text
    assert "Texte de votre organisme" in desk.get("/bureau/notices").text


def test_a_text_with_a_fault_is_not_published_and_the_cure_is_told(desk):
    text = shipped(NoticeKind.FULL, "fr").replace("## Destinataires", "Destinataires")
    answer = desk.submit(FULL, text=f"{text}\nÉcrivez à cil@exemple.fr, articles 39 et 40.")

    assert answer.status_code == 422
    assert "Ajoutez un titre « ## Destinataires »" in answer.text.replace("\u00a0", " ")
    assert "Personne ne relève la boîte cil@exemple.fr" in answer.text
    assert "articles 39 et 40" in answer.text
    assert "ancienne numérotation" in answer.text
    assert db.session.scalars(select(NoticeSource)).all() == []


def test_an_empty_text_is_asked_for(desk):
    answer = desk.submit(FULL, text="")

    assert answer.status_code == 422
    assert "Écrivez le texte" in answer.text


def test_what_was_published_before_stays_readable_as_archive(desk, visitor):
    desk.submit(FULL, text=own(shipped(NoticeKind.FULL, "fr")))
    desk.submit(FULL, text=shipped(NoticeKind.FULL, "fr"))
    older = db.session.scalars(select(Notice).order_by(Notice.id)).first()

    assert f"/donnees-personnelles/versions/{older.id}" in visitor.get("/donnees-personnelles").text
    page = visitor.get(f"/donnees-personnelles/versions/{older.id}").text
    assert "Ce que nous savons de vous" in page
    assert "Texte d’archive" in page


def test_the_version_in_force_is_not_called_archive(desk, visitor):
    desk.submit(FULL, text=shipped(NoticeKind.FULL, "fr"))
    row = db.session.scalars(select(Notice)).one()

    assert "Texte d’archive" not in visitor.get(f"/donnees-personnelles/versions/{row.id}").text


def test_an_old_text_is_filed_without_its_dates(desk, visitor):
    answer = desk.submit("/bureau/notices/archives", **OLD)

    row = db.session.scalars(select(Notice)).one()
    assert answer.status_code == 303
    assert (row.name, row.version, row.valid_from) == ("2014-cil", None, None)
    assert "date inconnue" in desk.get("/bureau/notices").text
    assert "Écrivez au CIL." in visitor.get(f"/donnees-personnelles/versions/{row.id}").text


def test_the_same_text_is_filed_once(desk):
    desk.submit("/bureau/notices/archives", **OLD)
    answer = desk.submit("/bureau/notices/archives", **OLD)

    assert answer.status_code == 422
    assert "déjà au registre" in answer.text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Donnez-lui un nom"),
        ({"body": " "}, "Collez le texte"),
        ({"locale": "de"}, "Choisissez une langue"),
        ({"kind": "long"}, "Choisissez une sorte"),
        ({"valid_from": "hier"}, "Donnez un jour du calendrier"),
        ({"valid_from": "0001-01-01"}, "Donnez un jour du calendrier"),
        ({"valid_from": "2019-06-01", "valid_to": "2014-01-01"}, "La fin vient après le début"),
    ],
)
def test_what_cannot_be_filed_is_told_with_its_cure(desk, changed, sentence):
    answer = desk.submit("/bureau/notices/archives", **OLD | changed)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_an_old_text_is_never_shown_on_the_form(desk, visitor):
    desk.submit("/bureau/notices/archives", **OLD)

    assert "CIL" not in visitor.get("/").text
    assert "CIL" not in in_force(NoticeKind.SHORT, "fr").body


@pytest.mark.parametrize("path", ["/bureau/notices/longue/fr", "/bureau/notices/courte/de"])
def test_a_notice_that_does_not_exist_is_not_found(desk, path):
    assert desk.get(path).status_code == 404


def test_an_editor_has_no_business_with_notices(staff):
    assert staff("editor").get("/bureau/notices").status_code == 404
