from datetime import date

import pytest
from flask_babel import force_locale, format_date


def language_of(answer):
    return answer.text.partition('<html lang="')[2][:2]


@pytest.mark.parametrize(
    ("accepted", "shown"), [("en-GB,fr;q=0.5", "en"), ("fr", "fr"), ("de", "fr"), ("", "fr")]
)
def test_the_browser_says_which_language_else_french(visitor, accepted, shown):
    answer = visitor.get("/connexion", headers={"Accept-Language": accepted})

    assert language_of(answer) == shown


def test_the_address_wins_over_the_browser(visitor):
    answer = visitor.get("/connexion?lang=en", headers={"Accept-Language": "fr"})

    assert language_of(answer) == "en"


def test_a_chosen_language_stays_in_the_links(visitor):
    assert 'action="/connexion?lang=en"' in visitor.get("/connexion?lang=en").text


def test_an_unknown_language_is_not_kept(visitor):
    assert "lang=xx" not in visitor.get("/connexion?lang=xx").text


def test_each_page_links_to_itself_in_the_other_language(visitor):
    assert (
        'href="/connexion?next=%2Fbureau&amp;lang=en"'
        in visitor.get("/connexion?next=/bureau").text
    )


@pytest.mark.parametrize("query", ["_scheme=javascript&_external=1", "endpoint=x", "_anchor=y"])
def test_a_query_cannot_bend_that_link(visitor, query):
    answer = visitor.get(f"/connexion?{query}")

    assert answer.status_code == 200
    assert 'href="javascript' not in answer.text


def test_a_page_shown_after_a_post_links_to_the_page_behind_it(visitor):
    answer = visitor.submit("/connexion", email="", passphrase="")

    assert 'href="/connexion?lang=en"' in answer.text


@pytest.mark.parametrize(
    ("language", "written"),
    [("fr", "mardi 24 novembre 2026"), ("en", "Tuesday 24 November 2026")],
)
def test_a_date_puts_its_day_before_its_month(app, language, written):
    with app.test_request_context(), force_locale(language):
        assert format_date(date(2026, 11, 24), "full") == written
