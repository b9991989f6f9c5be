"""Each list has a page of its own, in its colours, whole or in a frame of a declared site."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from mailer.db import db, transaction
from mailer.subscriptions.embedding import operations
from mailer.subscriptions.embedding.models import ListTheme
from mailer.subscriptions.embedding.operations import Look
from mailer.subscriptions.models import Subscriber
from mailer.subscriptions.queries import mailing_list
from mailer.subscriptions.shown import page_form, subscription_form

SITE = "https://www.agence.fr"


@pytest.fixture
def dressed(letter):
    with transaction():
        operations.dress(letter, Look("#8a1c4a", "Le phare", "Chaque mois.", b"png", "Phare"), "a")
    return letter


@pytest.fixture
def shown(app, letter):
    with app.test_request_context():
        return page_form([mailing_list(letter)]).digest


def test_the_page_bears_the_words_the_logo_and_the_colours_of_the_list(visitor, dressed):
    page = visitor.get("/listes/la-lettre").text

    assert "<h1>Le phare</h1>" in page
    assert 'alt="Phare"' in page
    assert "#8a1c4a" in visitor.get("/listes/la-lettre/couleurs.css").text


def test_without_a_look_the_page_bears_the_name_of_the_list(visitor, letter):
    assert "<h1>La lettre</h1>" in visitor.get("/listes/la-lettre").text
    assert visitor.get("/listes/la-lettre/couleurs.css").status_code == 404


@pytest.mark.parametrize("path", ["/listes/la-lettre", "/integration/la-lettre/inscription"])
def test_either_form_signs_somebody_up(visitor, letter, shown, postbox, path):
    page = visitor.submit(path, email="camille@exemple.fr", lists="la-lettre", shown=shown)

    assert "Vérifiez votre boîte" in page.text
    assert len(postbox) == 1


def test_what_was_typed_wrong_is_shown_again(visitor, letter, shown):
    page = visitor.submit("/listes/la-lettre", email="camille", lists="la-lettre", shown=shown)

    assert page.status_code == 422
    assert 'value="camille"' in page.text
    assert db.session.scalars(select(Subscriber)).all() == []


def test_only_declared_sites_may_frame_the_form(visitor, letter):
    before = visitor.get("/integration/la-lettre").headers["Content-Security-Policy"]
    with transaction():
        operations.declare(letter, [SITE], "account:1")
    after = visitor.get("/integration/la-lettre").headers["Content-Security-Policy"]

    assert "frame-ancestors 'none'" in before
    assert after.endswith(f"frame-ancestors {SITE}")


def test_a_list_that_does_not_exist_has_no_page(visitor, letter):
    assert visitor.get("/listes/rien").status_code == 404
    assert visitor.get("/integration/rien").status_code == 404


def picture(kind="PNG"):
    out = BytesIO()
    Image.new("RGB", (2000, 500), "#8a1c4a").save(out, kind)
    out.seek(0)
    return out


def dress(staff, letter, **fields):
    typed = {"accent": "#0b5d4e", "title": "", "intro": "", "logo_alt": "Phare"} | fields
    return staff("subscribers").submit(f"/bureau/listes/{letter}/integration/apparence", **typed)


def test_a_logo_is_drawn_anew_at_our_size(staff, letter, visitor):
    dress(staff, letter, logo=(picture("JPEG"), "logo.jpg"))

    logo = Image.open(BytesIO(visitor.get("/listes/la-lettre/logo.png").data))
    assert (logo.format, logo.size) == ("PNG", (480, 120))


def test_what_is_no_picture_is_refused_with_the_cure(staff, letter):
    page = dress(staff, letter, logo=(BytesIO(b"<svg onload=x>"), "logo.svg"))

    assert page.status_code == 422
    assert "donnez un PNG ou un JPEG" in page.text


def test_a_colour_too_pale_is_refused_with_its_contrast(staff, letter):
    page = dress(staff, letter, accent="#ffcc00")

    assert page.status_code == 422
    assert "plus foncée" in page.text
    assert "4,5" in page.text
    assert db.session.scalars(select(ListTheme)).all() == []


def test_the_look_can_be_taken_back(staff, dressed):
    staff("subscribers").submit(f"/bureau/listes/{dressed}/integration/apparence/retrait")

    assert db.session.scalars(select(ListTheme)).all() == []


def test_the_desk_gives_the_three_codes_and_the_policies(app, staff, letter):
    with app.test_request_context():
        shown = subscription_form([mailing_list(letter)]).digest
    browser = staff("subscribers")
    page = browser.submit(f"/bureau/listes/{letter}/integration/sites", origins=SITE)
    page = browser.get(f"/bureau/listes/{letter}/integration").text

    assert "&lt;ml-subscribe list=&#34;la-lettre&#34;" in page
    assert "&lt;iframe" in page
    assert shown in page
    assert "frame-src" in page
    assert SITE in page


def test_a_site_that_is_none_is_refused_with_the_cure(staff, letter):
    page = staff("subscribers").submit(
        f"/bureau/listes/{letter}/integration/sites", origins="http://agence.fr"
    )

    assert page.status_code == 422
    assert "https://www.exemple.fr, un par ligne" in page.text
