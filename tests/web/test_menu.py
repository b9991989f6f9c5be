"""One entry of the desk's menu is current: the one that the page is under."""

import re

import pytest

from mailer.clock import now
from mailer.db import db, transaction
from mailer.subscriptions.models import Subscriber

CURRENT = re.compile(r'<a href="([^"]+)" aria-current="(?:true|page)">')


@pytest.fixture
def reader(app):
    """The number of somebody who subscribed."""
    with transaction():
        row = Subscriber(
            address="zo@exemple.fr", fingerprint="0" * 64, language="fr", created_at=now()
        )
        db.session.add(row)
        db.session.flush()
        return row.id


@pytest.mark.parametrize(
    ("page", "entry"),
    [
        ("/bureau/preuves", ["/bureau/conformite", "/bureau/preuves"]),
        ("/bureau/notices", ["/bureau/conformite", "/bureau/notices"]),
        ("/bureau/conformite", ["/bureau/conformite", "/bureau/conformite"]),
        ("/bureau/demandes/nouvelle", ["/bureau/demandes", "/bureau/demandes"]),
    ],
)
def test_the_menu_says_in_which_part_and_on_which_page_one_is(staff, page, entry):
    assert CURRENT.findall(staff("dpo").get(page).text) == entry


@pytest.mark.parametrize("role", ["editor", "approver", "sender", "subscribers", "dpo", "admin"])
def test_nobody_has_more_than_seven_headings_to_read(staff, role):
    page = staff(role).get("/bureau").text
    (nav,) = re.findall(r'<nav class="parts" aria-label="Principal">(.*?)</nav>', page, re.DOTALL)
    assert 1 <= nav.count("<a ") <= 7


def test_every_heading_has_its_key(staff):
    page = staff("editor", "dpo").get("/bureau").text
    assert 'data-go-l="/bureau/lettres"' in page
    assert 'data-go-d="/bureau/demandes"' in page


def test_a_page_without_an_entry_of_its_own_is_under_that_of_its_domain(staff):
    found = CURRENT.findall(staff("editor").get("/bureau/sources").text)
    assert found == ["/bureau/lettres", "/bureau/articles"]


def test_who_administers_finds_the_lists_without_seeing_the_subscribers(staff):
    page = staff("admin").get("/bureau/listes").text

    assert CURRENT.findall(page) == ["/bureau/listes"]
    assert 'href="/bureau/abonnes"' not in page


def test_a_person_of_the_lists_stands_under_the_subscribers(staff, reader):
    found = CURRENT.findall(staff("subscribers").get(f"/bureau/abonnes/{reader}").text)

    assert found == ["/bureau/abonnes", "/bureau/abonnes"]


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("dpo", {"preuves", "notices", "registre", "conservation"}),
        ("subscribers", {"preuves"}),
        ("admin", {"notices", "abus", "journal", "registre", "conservation"}),
    ],
)
def test_the_page_of_compliance_leads_to_what_the_reader_may_open(staff, role, shown):
    page = staff(role).get("/bureau/conformite").text

    found = set(re.findall(r'<h2><a href="/bureau/([^"]+)">', page))
    assert found == shown
