"""Mails from templates: what every one of them has, whoever writes it."""

import re

import pytest
from flask import has_request_context

from mailer.mail import templates


@pytest.fixture
def warning(app):
    """`warning("fr")`: a real mail, in that language."""

    def render(language: str):
        assert not has_request_context()
        cases = [("DP-1 <b>", "2 jours", "https://exemple.fr/<1>")]
        parts = [("Ces demandes arrivent à échéance.", cases)]
        values = {"parts": parts, "count": 1, "queue": "https://exemple.fr/bureau/demandes"}
        return templates.render("rights/warning", "dpo@exemple.fr", language, **values)

    return render


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_language_stands_on_the_page_and_inside_it(warning, language):
    html = warning(language).html

    assert html.count(f'lang="{language}"') == 2


def test_the_organisation_and_its_address_stand_in_it(app, warning):
    html = warning("fr").html

    assert app.config["ORGANISATION"] in html
    assert app.config["POSTAL_ADDRESS"] in html


def test_only_the_html_is_escaped(warning):
    mail = warning("fr")

    assert "DP-1 &lt;b&gt;" in mail.html
    assert "DP-1 <b>" in mail.text


def test_it_says_that_a_program_wrote_it_and_comes_from_us(app, warning):
    mail = warning("fr")

    assert dict(mail.headers)["Auto-Submitted"] == "auto-generated"
    assert mail.sender == "Agence de l’Estran <lettre@exemple.fr>"
    assert mail.return_path == "rebond@rebond.exemple.fr"


def test_each_mail_has_an_id_of_its_own_at_our_domain(warning):
    first, second = warning("fr").message_id, warning("fr").message_id

    assert re.fullmatch(r"<[0-9a-f]{32}@exemple\.fr>", first)
    assert first != second


def test_a_subject_is_one_line_and_keeps_its_no_break_spaces():
    written = " Rappel\u00a0:\r\n\tune demande\u2028attend\u202f! \n"

    assert templates.one_line(written) == "Rappel\u00a0: une demande attend\u202f!"
