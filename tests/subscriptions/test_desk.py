"""The staff's pages of lists and people."""

import re

import pytest
from sqlalchemy import event, select

from mailer import addresses
from mailer.audit.models import Entry
from mailer.audit.queries import history_of
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.db import db, transaction
from mailer.subscriptions import departures, operations
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.reasons import Reason

LIST = {
    "name": "La lettre",
    "description": "des portraits",
    "frequency": "Une fois par mois",
    "aim": "informer de ce qui se passe sur la côte",
    "basis": "consent",
}


@pytest.fixture
def desk(staff):
    return staff("subscribers")


def ask(address, list_id):
    at = now()
    with transaction():
        shown = Evidence(Method.WEB_FORM, at)
        operations.request(addresses.parse(address), [list_id], shown, "fr", at)


def test_a_new_desk_says_how_to_begin(desk):
    assert "Il n’y a pas encore de liste" in desk.get("/bureau/listes").text
    assert "Personne n’est encore inscrit" in desk.get("/bureau/abonnes").text


def test_a_new_list_is_offered_to_visitors_at_once(desk, visitor):
    desk.submit("/bureau/listes", **LIST)

    assert "Une fois par mois\u00a0: des portraits" in visitor.get("/").text


def test_a_list_without_a_name_is_refused_with_the_way_to_mend_it(desk):
    answer = desk.submit("/bureau/listes", **LIST | {"name": ""})

    assert answer.status_code == 422
    assert "Donnez un nom à la liste" in answer.text
    assert 'value="des portraits"' in answer.text


def test_whether_a_list_asks_for_the_age_is_chosen_on_its_form(desk):
    desk.submit("/bureau/listes", **LIST)
    before = desk.get("/bureau/listes/1").text
    desk.submit("/bureau/listes/1", **LIST, asks_age="y")

    assert 'name="asks_age" type="checkbox" value="y"' in before
    assert re.search(
        r"<input[^>]* checked[^>]* name=\"asks_age\"", desk.get("/bureau/listes/1").text
    )


def test_a_list_without_a_purpose_is_refused_with_the_reason(desk):
    answer = desk.submit("/bureau/listes", **LIST | {"aim": " "})

    assert answer.status_code == 422
    assert "la loi veut que chacune ait son but" in answer.text


def test_a_basis_that_no_list_can_rest_on_is_refused(desk):
    answer = desk.submit("/bureau/listes", **LIST | {"basis": "vital_interests"})

    assert answer.status_code == 422
    assert "Choisissez une base légale de la liste" in answer.text


def test_the_notice_says_what_the_list_is_for_and_on_what_it_rests(desk, visitor):
    desk.submit("/bureau/listes", **LIST | {"basis": "public_interest"})

    page = visitor.get("/donnees-personnelles").text
    assert "informer de ce qui se passe sur la côte" in page
    assert "notre mission d’intérêt public" in page
    assert "pas de droit d’effacement" in page
    assert "consentement" not in visitor.get("/").text


def test_a_renamed_list_keeps_the_name_it_has_in_proofs(desk, letter):
    desk.submit(f"/bureau/listes/{letter}", **LIST | {"name": "La gazette"})

    row = db.session.scalars(select(MailingList)).one()
    assert (row.name, row.slug) == ("La gazette", "la-lettre")
    assert [entry.verb for entry in history_of(f"list:{letter}")] == ["create", "change"]


def test_a_list_that_does_not_exist_is_not_found(desk):
    assert desk.get("/bureau/listes/404").status_code == 404


def test_people_are_listed_newest_first_and_by_page(desk, letter):
    for number in range(51):
        ask(f"n{number}@exemple.fr", letter)

    first = desk.get("/bureau/abonnes").text

    assert first.index("/bureau/abonnes/51") < first.index("/bureau/abonnes/50")
    assert 'href="/bureau/abonnes/1"' not in first
    second = first.partition('href="/bureau/abonnes?avant=')[2].partition('"')[0]
    assert 'href="/bureau/abonnes/1"' in desk.get(f"/bureau/abonnes?avant={second}").text


def looked_at():
    db.session.rollback()
    found = select(Entry.subject).where(Entry.verb == "reveal-address").order_by(Entry.subject)
    return list(db.session.scalars(found))


def test_addresses_are_masked_until_asked_for_and_each_that_is_shown_is_recorded(desk, letter):
    for name in ("camille", "nadia"):
        ask(f"{name}@exemple.fr", letter)

    masked = desk.get("/bureau/abonnes").text
    before = looked_at()
    shown = desk.submit("/bureau/abonnes/adresses").text

    assert "c••••@exemple.fr" in masked
    assert "camille@" not in masked
    assert before == []
    assert "camille@exemple.fr" in shown
    assert "Adresses affichées" in shown
    assert looked_at() == ["subscriber:1", "subscriber:2"]


def test_the_addresses_that_are_shown_are_those_of_the_page(desk, letter):
    for name in ("camille", "nadia", "carole"):
        ask(f"{name}@exemple.fr", letter)

    older = desk.submit("/bureau/abonnes/adresses?avant=2").text
    found = desk.submit("/bureau/abonnes/adresses", text="carol", place="partout", key="").text

    assert "camille@exemple.fr" in older
    assert "nadia@" not in older
    assert "carole@exemple.fr" in found
    assert "camille@" not in found
    assert looked_at() == ["subscriber:1", "subscriber:3"]


def test_a_page_of_people_asks_the_database_as_often_for_many_as_for_one(desk, letter):
    ask("n0@exemple.fr", letter)
    one = queries_of(lambda: desk.get("/bureau/abonnes"))
    for number in range(1, 30):
        ask(f"n{number}@exemple.fr", letter)

    assert queries_of(lambda: desk.get("/bureau/abonnes")) == one


def test_a_search_is_by_the_beginning_and_stands_in_no_url(desk, letter):
    ask("Camille@exemple.fr", letter)
    ask("nadia@exemple.fr", letter)

    answer = desk.submit("/bureau/abonnes/recherche", text="CAM")

    assert "C••••@exemple.fr" in answer.text
    assert "Camille@" not in answer.text
    assert "n••••@exemple.fr" not in answer.text


def test_a_percent_sign_is_searched_as_such(desk, letter):
    ask("nadia@exemple.fr", letter)

    assert (
        "Aucune adresse ne commence ainsi"
        in desk.submit("/bureau/abonnes/recherche", text="%", place="debut").text
    )


@pytest.mark.parametrize("path", ["/bureau/abonnes", "/bureau/listes"])
def test_an_editor_does_not_see_who_receives_what(staff, path):
    assert staff("editor").get(path).status_code == 404


def queries_of(act):
    seen = []
    listener = event.listens_for(db.engine, "before_cursor_execute")
    listener(lambda *args: seen.append(args[2]))
    act()
    return len([statement for statement in seen if statement.startswith("SELECT")])


@pytest.mark.parametrize("key", ["99999999999999999999", "-1", "x"])
def test_a_key_that_no_row_has_leads_to_the_first_page(desk, key):
    answer = desk.get(f"/bureau/abonnes?avant={key}")

    assert answer.status_code == 200


def test_the_desk_says_why_people_leave_a_list(desk, letter):
    with transaction():
        departures.count(letter, Reason.TOO_OFTEN, now())

    assert "Trop de lettres" in desk.get(f"/bureau/listes/{letter}").text
