import pytest
from flask_babel import force_locale
from lxml import html

from mailer.accounts import role_words
from mailer.accounts.roles import Role

PAGE = "/bureau/roles"


def words(answer):
    return " ".join(html.fromstring(answer.text).find(".//main").text_content().split())


def test_whoever_is_signed_in_reads_what_each_role_is_for_and_whom_to_ask(app, staff):
    staff("admin")

    said = words(staff("editor").get(PAGE))

    with app.test_request_context():
        told = [str(meaning.opens) for meaning in role_words.MEANINGS.values()]
    assert [each for each in told if each not in said] == []
    assert "admin@exemple.fr" in said


def test_without_an_administrator_the_page_says_whom_to_ask(staff):
    assert "Personne n’administre encore" in words(staff("editor").get(PAGE))


def test_the_page_says_which_roles_are_ones_own(staff):
    rows = html.fromstring(staff("sender").get(PAGE).text).findall(".//tbody/tr")

    assert [row.findtext("th") for row in rows if row.find("td/strong") is not None] == ["Envoi"]


@pytest.mark.parametrize("page", [PAGE, "/bureau"])
@pytest.mark.parametrize(
    ("roles", "warnings"), [(("dpo", "sender"), 1), (("dpo", "editor"), 0), (("sender",), 0)]
)
def test_a_warning_stands_while_an_officer_judges_their_own_work(staff, page, roles, warnings):
    assert words(staff(*roles).get(page)).count("conflit d’intérêts") == warnings


def test_the_administrator_sees_who_holds_what_should_not_meet(staff):
    staff("dpo", "sender")
    browser = staff("admin")

    assert "Protection des données + Envoi" in words(browser.get("/bureau/comptes"))
    assert "son propre travail" in words(browser.get("/bureau/comptes/1"))


def test_a_page_that_is_closed_says_what_may_be_and_how_to_ask(staff):
    answer = staff("admin").get("/bureau/demandes")

    assert answer.status_code == 404
    assert "vos rôles ne l’ouvrent pas" in words(answer)
    assert f'href="{PAGE}"' in answer.text


@pytest.mark.parametrize(
    ("language", "together", "alone"),
    [("fr", "rédaction, envoi", "Envoi"), ("en", "writing, sending", "Sending")],
)
def test_a_role_is_called_the_same_in_a_list_and_alone(app, language, together, alone):
    with app.test_request_context(), force_locale(language):
        assert role_words.names(["sender", "editor"]) == together
        assert str(role_words.MEANINGS[Role.SENDER].title) == alone
