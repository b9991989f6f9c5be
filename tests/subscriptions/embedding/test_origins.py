"""A site is named as browsers name it, or its name is refused."""

import pytest

from mailer.errors import Invalid
from mailer.subscriptions.embedding.origins import page_of, parse


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://www.agence.fr", "https://www.agence.fr"),
        ("www.agence.fr", "https://www.agence.fr"),
        ("https://WWW.Agence.fr/actualites?x=1", "https://www.agence.fr"),
        ("https://agence.fr:443/", "https://agence.fr"),
        ("https://agence.fr:8443", "https://agence.fr:8443"),
        ("https://été.fr", "https://xn--t-9fab.fr"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_a_site_is_known_by_its_origin(typed, origin):
    assert parse(typed) == origin


@pytest.mark.parametrize(
    "typed",
    [
        "http://agence.fr",
        "ftp://agence.fr",
        "javascript://agence.fr",
        "https://",
        "https://a b.fr",
        "https://moi@agence.fr",
        "https://agence.fr:port",
        "https://*.agence.fr",
        "https://-agence.fr",
    ],
)
def test_what_names_no_safe_site_is_refused(typed):
    with pytest.raises(Invalid):
        parse(typed)


def test_the_query_of_a_page_is_not_kept():
    page = page_of("https://agence.fr", "https://agence.fr/lettre?nom=camille#form")

    assert page == "https://agence.fr/lettre"


@pytest.mark.parametrize("url", ["https://autre.fr/lettre", "", "data:text/html,x", "https://["])
def test_a_page_of_another_site_is_not_believed(url):
    assert page_of("https://agence.fr", url) == "https://agence.fr"
