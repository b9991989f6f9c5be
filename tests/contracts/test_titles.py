"""A page that comes back for what is wrong in it says so first, in its title, by its layout."""

import re

import pytest
from flask import render_template_string
from wtforms import Form, StringField
from wtforms.validators import InputRequired

from mailer.resources import folder

TEMPLATES = folder("templates")
SOURCES = {
    str(path.relative_to(TEMPLATES)): path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")
}
TITLED = re.compile(r"<title>.*{% block title %}")
# The manual as a site of its own has no form.
LAYOUTS = sorted(
    name for name, source in SOURCES.items() if TITLED.search(source) and name != "manual/site.html"
)
PAGE = """{% extends layout %}
{% from "web/form.html" import summary with context %}
{% block title %}Une page{% endblock %}
{% block main %}{{ summary(form) }}{% endblock %}"""


class Asked(Form):
    """A form that is refused until a name is given."""

    name = StringField(validators=[InputRequired("Écrivez un nom.")])


def test_no_page_says_it_by_hand():
    saying = {name for name, source in SOURCES.items() if "Erreur\u00a0:" in source}

    assert saying == {"web/form.html"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_with_a_refused_form_says_it_by_itself(database, layout):
    form = Asked()
    with database.test_request_context("/"):
        asking = render_template_string(PAGE, layout=layout, form=form)
        form.validate()
        refusing = render_template_string(PAGE, layout=layout, form=form)

    assert "<title>Une page – " in asking
    assert "<title>Erreur\u00a0: Une page – " in refusing


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_refused_for_something_else_says_that_it_is(database, layout):
    page = PAGE.replace("{% block title %}", "{% set is_refused = true %}{% block title %}")
    with database.test_request_context("/"):
        refusing = render_template_string(page, layout=layout, form=Asked())

    assert "<title>Erreur\u00a0: Une page – " in refusing
