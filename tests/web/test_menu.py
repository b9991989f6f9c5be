"""One entry of the desk's menu is current: the one that the page is under."""

import re

import pytest

CURRENT = re.compile(r'<a href="([^"]+)" aria-current="true">')


@pytest.mark.parametrize(
    ("page", "entry"),
    [
        ("/bureau/preuves", "/bureau/conformite"),
        ("/bureau/notices", "/bureau/conformite"),
        ("/bureau/conformite", "/bureau/conformite"),
        ("/bureau/demandes/nouvelle", "/bureau/demandes"),
    ],
)
def test_the_menu_says_where_one_is(staff, page, entry):
    assert CURRENT.findall(staff("dpo").get(page).text) == [entry]


def test_a_page_without_an_entry_of_its_own_is_under_that_of_its_domain(staff):
    assert CURRENT.findall(staff("editor").get("/bureau/sources").text) == ["/bureau/articles"]


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("dpo", {"preuves", "notices", "registre", "conservation"}),
        ("subscribers", {"preuves"}),
        ("admin", {"notices", "abus", "registre", "conservation"}),
    ],
)
def test_the_page_of_compliance_leads_to_what_the_reader_may_open(staff, role, shown):
    page = staff(role).get("/bureau/conformite").text

    found = set(re.findall(r'<h2><a href="/bureau/([^"]+)">', page))
    assert found == shown
