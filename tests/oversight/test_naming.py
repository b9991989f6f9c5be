"""What the record notes by codes is told in words."""

from inspect import unwrap

import pytest
from flask_babel import force_locale
from reaching import reached

from mailer.audit.looks import seen, why_of
from mailer.oversight.naming import PAGES, what, who


@pytest.fixture(autouse=True)
def french(app):
    with app.app_context(), force_locale("fr"):
        yield


def shows_a_list(app, endpoint):
    """Whether a look at it is noted by its endpoint alone."""
    return why_of(app, endpoint) and seen not in reached(unwrap(app.view_functions[endpoint]))


def test_every_page_that_is_noted_by_its_endpoint_has_words(app):
    noted = {name for name in app.view_functions if shows_a_list(app, name)}

    assert noted == PAGES.keys()
    assert what("page:rights.queue") == "page file des demandes"


def test_what_a_row_came_from_is_told_with_its_number():
    assert what("import:1") == "importation 1"
    assert what("confirmation:13") == "courriel de confirmation 13"
    assert what("import_question:4") == "question aux personnes d’une importation 4"
    assert what("demo") == "demo"


def test_somebody_who_is_not_named_is_told_by_their_part():
    assert who("staff", {}) == "Un agent du service"
    assert who("account:3", {"account:3": "Nora"}) == "Nora"
