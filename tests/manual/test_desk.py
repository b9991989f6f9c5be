"""The manual at the desk."""

import pytest

from mailer.manual import contents


@pytest.fixture
def reader(staff):
    return staff("editor")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_read_at_the_desk(reader, language):
    for page in contents.pages(language):
        answer = reader.get(f"/bureau/manuel/{page.part}/{page.name}?lang={language}")

        assert answer.status_code == 200
        assert page.title in answer.text.replace("&#39;", "'")


def test_the_cover_leads_to_every_page(reader):
    shown = reader.get("/bureau/manuel").text

    assert all(f"/{page.part}/{page.name}" in shown for page in contents.pages("fr"))


@pytest.mark.parametrize("path", ["do/nothing", "nothing/first-letter", "images/nothing.png"])
def test_what_the_manual_does_not_have_is_not_found(reader, path):
    assert reader.get(f"/bureau/manuel/{path}").status_code == 404


def test_a_picture_of_the_manual_is_shown(reader):
    assert reader.get("/bureau/manuel/images/lettre.png").mimetype == "image/png"


def test_a_stranger_is_sent_to_the_door(visitor):
    assert visitor.get("/bureau/manuel").status_code == 303
