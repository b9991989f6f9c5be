"""Who works at the desk chooses its language, and the account keeps it."""

import re

import pytest
from web.test_language import language_of

from mailer.accounts import emails, queries
from mailer.audit.queries import history_of

CHOICE = "/bureau/compte/langue"
FRENCH_BROWSER = {"Accept-Language": "fr"}


@pytest.fixture
def desk(visitor, account, knock):
    knock()
    return visitor


def test_the_button_of_a_page_leads_back_to_it(desk):
    page = desk.get("/bureau/compte?lang=fr").text
    (kept,) = re.findall(r'name="page" value="([^"]*)"', page)

    assert kept == "/bureau/compte"
    answer = desk.submit(CHOICE, language="en", page=kept)
    assert (answer.status_code, answer.location) == (303, "/bureau/compte")
    assert "are now in English" in desk.get(answer.location).text


def test_the_choice_wins_over_the_browser_wherever_one_signs_in(desk, app, account, knock):
    desk.submit(CHOICE, language="en", page="/bureau")
    assert language_of(desk.get("/bureau", headers=FRENCH_BROWSER)) == "en"

    other = app.test_client()
    other.submit("/connexion", email="camille@exemple.fr", passphrase="sept phares et une marée")
    assert language_of(other.get("/bureau", headers=FRENCH_BROWSER)) == "en"


def test_an_address_in_another_language_still_wins(desk):
    desk.submit(CHOICE, language="en")
    assert language_of(desk.get("/bureau?lang=fr")) == "fr"


def test_mails_to_the_account_are_in_its_language(desk, account):
    desk.submit(CHOICE, language="en")
    assert "account" in emails.closed(queries.must(account)).text


def test_a_search_is_not_lost_by_the_choice(desk):
    page = desk.get("/bureau/articles", query_string={"q": "marée", "lang": "fr"}).text
    assert 'name="page" value="/bureau/articles?q=mar%C3%A9e"' in page


@pytest.mark.parametrize("elsewhere", ["//ailleurs.example", "https://ailleurs.example", "", "\\x"])
def test_the_way_back_stays_on_this_site(desk, elsewhere):
    assert desk.submit(CHOICE, language="en", page=elsewhere).location == "/bureau"


def test_a_language_that_there_is_not_is_refused(desk, account):
    assert desk.submit(CHOICE, language="xx").status_code == 422
    assert queries.must(account).language == "fr"


def test_the_choice_stands_in_the_record(desk, account):
    desk.submit(CHOICE, language="en")
    assert [e.verb for e in history_of(f"account:{account}")][-1] == "change-language"
