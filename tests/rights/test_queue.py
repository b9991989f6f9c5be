"""The officer's lists: what stands in each, how they are narrowed, how a case is found."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from lxml import html
from statements import statements

from mailer.clock import now
from mailer.db import db, transaction
from mailer.rights import asking, extending, operations, queue
from mailer.rights.asking import Question
from mailer.rights.extending import Reasons
from mailer.rights.grounds import ExtensionGround
from mailer.rights.identity import Level
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.queue import View
from mailer.rights.states import Event, State

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY):
        yield


@pytest.fixture
def at_state(received):
    """`at_state(State.READY)`: a request that has come to that state."""

    def make(state, **received_as):
        found = received(Right.ACCESS, **received_as)
        with transaction():
            db.session.merge(found).state = state
        return found

    return make


@pytest.fixture
def questioned(received):
    """A request whose person was asked who they are."""
    found = received(Right.ACCESS)
    with transaction():
        asking.ask(db.session.merge(found), Question(Level.FACTS, "Deux noms."), "account:1", now())
    return found


def references(page):
    """The references in the order of the rows."""
    return re.findall(r"DR-2026-\d{4}(?=</a>)", page.text)


def test_an_empty_desk_teaches_where_requests_come_from(dpo, read):
    page = read(dpo.get("/bureau/demandes"))
    assert "Aucune demande en cours." in page
    assert "Saisir une demande reçue" in page


def test_the_heading_states_the_work(dpo, read, received):
    received(Right.ACCESS, on=date(2026, 10, 26))
    received(Right.OBJECTION, on=date(2026, 10, 27))
    received(Right.ERASURE, on=date(2026, 11, 20))
    page = read(dpo.get("/bureau/demandes"))
    assert "2 demandes à traiter cette semaine" in page
    assert "La plus urgente arrive à échéance jeudi 26 novembre." in page


STATES = [
    (State.RECEIVED, [View.TODO]),
    (State.IN_PROGRESS, [View.TODO]),
    (State.IDENTITY_PENDING, [View.WAITING]),
    (State.READY, [View.TODO, View.READY]),
    (State.ANSWERED, [View.CLOSED]),
    (State.WITHDRAWN, [View.CLOSED]),
    (State.UNIDENTIFIED, [View.CLOSED]),
    (State.DUPLICATE, [View.CLOSED]),
    (State.NOT_A_REQUEST, [View.CLOSED]),
    (State.TRANSFERRED, [View.CLOSED]),
    (State.ARCHIVED, []),
]


@pytest.mark.parametrize(("state", "views"), STATES)
def test_each_state_stands_in_its_lists(at_state, state, views):
    at_state(state)
    counts = queue.work(TODAY).counts
    assert [view for view in View if counts[view]] == views
    assert [view for view in View if queue.page(view, TODAY).rows] == views


def test_every_state_is_tried_above():
    assert {state for state, _views in STATES} == set(State)


@pytest.mark.parametrize(
    ("received_on", "views"),
    [
        # Due on 23 November, a Monday like today; on 30 November; on 1 December.
        (date(2026, 10, 23), [View.TODO, View.SOON]),
        (date(2026, 10, 30), [View.TODO, View.SOON]),
        (date(2026, 11, 1), [View.TODO]),
        (date(2026, 10, 20), [View.TODO, View.LATE]),
    ],
)
def test_each_date_stands_in_its_lists(received, received_on, views):
    received(Right.ACCESS, on=received_on)
    counts = queue.work(TODAY).counts
    assert [view for view in View if counts[view]] == views


def test_no_date_presses_while_somebody_is_asked_who_they_are(at_state, dpo, read):
    at_state(State.IDENTITY_PENDING, on=date(2026, 10, 20))
    assert "Aucune demande à traiter cette semaine" in read(dpo.get("/bureau/demandes"))


def test_the_tabs_count_each_list_and_name_the_one_that_is_open(dpo, received, at_state, read):
    received(Right.ACCESS, on=date(2026, 10, 26))
    at_state(State.READY)
    page = dpo.get("/bureau/demandes?vue=a-signer")
    tabs = "À traiter (2) En attente du demandeur (0) À échéance sous 7 jours (1) En retard (0)"
    assert f"{tabs} Prêtes à signer (1) Closes (0)" in read(page)
    (current,) = html.fromstring(page.text).xpath("//main//nav//a[@aria-current='page']")
    assert current.text == "Prêtes à signer (1)"


def test_a_row_shows_who_asked_what_who_has_it_and_the_days_left(dpo, read, received):
    received(Right.ACCESS, on=date(2026, 10, 26))
    page = read(dpo.get("/bureau/demandes"))
    row = "DR-2026-0001 n••••@exemple.fr Accès E-mail à confirmer Personne 3 jours 26 nov. 2026"
    assert row in page
    assert "nadia" not in page


def test_a_request_on_paper_alone_says_that_it_has_no_address(dpo, read, at_state):
    found = at_state(State.RECEIVED)
    with transaction():
        db.session.merge(found).address = ""
    assert "DR-2026-0001 Sans adresse e-mail Accès" in read(dpo.get("/bureau/demandes"))


def test_a_late_request_says_by_how_much(dpo, read, received):
    received(Right.ACCESS, on=date(2026, 10, 20))
    assert "En retard de 3 jours" in read(dpo.get("/bureau/demandes?vue=en-retard"))


def test_a_row_shows_that_a_question_waits(dpo, read, questioned):
    page = read(dpo.get("/bureau/demandes?vue=en-attente"))
    assert "E-mail à confirmer question posée le 23 nov. 2026 Personne Suspendue" in page


def test_a_question_that_waited_long_enough_is_flagged(dpo, read, questioned):
    with transaction():
        question = db.session.merge(questioned).question
        question.asked_on, question.reminded_on = date(2026, 10, 24), date(2026, 11, 3)
    assert "Clôture à proposer" in read(dpo.get("/bureau/demandes?vue=en-attente"))


def test_a_row_shows_the_two_months_and_the_complaint(dpo, read, received):
    found = received(Right.ACCESS)
    with transaction():
        found = db.session.merge(found)
        reasons = Reasons(ExtensionGround.NUMBER, "Cent demandes.")
        extending.extend(found, reasons, "account:1", now())
        found.complaint_number = "26-1234"
    assert "Prolongée Plainte CNIL" in read(dpo.get("/bureau/demandes"))


def test_the_list_is_narrowed_to_one_right(dpo, received, read):
    received(Right.ACCESS)
    received(Right.ERASURE, Right.OBJECTION)
    page = dpo.get("/bureau/demandes?droit=objection")
    assert references(page) == ["DR-2026-0002"]
    assert "À traiter (1)" in read(page)


def test_the_list_is_narrowed_to_ones_own_in_any_view(dpo, received, read):
    received(Right.ACCESS, on=date(2026, 10, 26))
    received(Right.ACCESS, on=date(2026, 10, 26))
    dpo.submit("/bureau/demandes/DR-2026-0002/attribution")
    page = dpo.get("/bureau/demandes?vue=a-echeance&droit=access&a_moi=1")
    assert references(page) == ["DR-2026-0002"]
    assert "À échéance sous 7 jours (1)" in read(page)
    assert "2 demandes à traiter cette semaine" in read(page)


def test_nothing_left_by_the_filters_says_so_and_how_to_see_all(dpo, received):
    received(Right.ACCESS)
    page = html.fromstring(dpo.get("/bureau/demandes?droit=erasure").text)
    assert page.xpath("//a[text()='Voir la vue sans filtre']/@href") == ["/bureau/demandes"]


@pytest.mark.parametrize("query", ["vue=hier", "droit=tout", "a_moi=", "apres=x"])
def test_what_no_page_of_ours_asks_counts_as_not_asked(dpo, received, query):
    received(Right.ACCESS)
    assert references(dpo.get(f"/bureau/demandes?{query}")) == ["DR-2026-0001"]


def test_the_most_urgent_comes_first_and_the_last_closed_first(dpo, received):
    for day in (18, 16, 17):
        received(Right.ACCESS, on=date(2026, 11, day))
    assert references(dpo.get("/bureau/demandes")) == [f"DR-2026-000{n}" for n in (2, 3, 1)]
    for hour, number in enumerate((2, 1, 3)):
        with time_machine.travel(MONDAY.replace(hour=10 + hour)), transaction():
            found = db.session.get_one(RightsRequest, number)
            operations.close(found, Event.WITHDRAW, "Elle a écrit.", "account:1", now())
    closed = dpo.get("/bureau/demandes?vue=closes")
    assert references(closed) == [f"DR-2026-000{n}" for n in (3, 1, 2)]


@pytest.mark.parametrize("view", ["a-traiter", "closes"])
def test_a_full_list_comes_in_pages_without_repeating_a_row(dpo, received, view):
    for number in range(60):
        received(Right.ACCESS, address=f"nadia{number}@exemple.fr")
    if view == "closes":
        with transaction():
            for found in db.session.scalars(db.select(RightsRequest)):
                operations.close(found, Event.WITHDRAW, "Elle a écrit.", "account:1", now())
    first = dpo.get(f"/bureau/demandes?vue={view}&droit=access")
    (link,) = html.fromstring(first.text).xpath("//a[text()='Demandes suivantes']/@href")
    following = dpo.get(link)
    assert (len(references(first)), len(references(following))) == (50, 10)
    assert not set(references(first)) & set(references(following))


def test_the_empty_desk_remembers_the_last_closed(dpo, read, received):
    received(Right.OBJECTION, on=date(2026, 11, 17))
    dpo.submit("/bureau/demandes/DR-2026-0001/reponse", outcome_objection="granted")
    page = read(dpo.get("/bureau/demandes"))
    assert "La dernière a été close le lundi 23 novembre, en 6 jours." in page


def test_a_reference_leads_to_its_case(dpo, received):
    received(Right.ACCESS)
    answer = dpo.submit("/bureau/demandes/recherche", sought=" dr-2026-0001 ")
    assert answer.location == "/bureau/demandes/DR-2026-0001"


def test_an_address_finds_what_came_from_it_and_stands_in_no_address(dpo, received, read):
    received(Right.ACCESS)
    received(Right.ERASURE, address="autre@exemple.fr")
    received(Right.OBJECTION)
    answer = dpo.submit("/bureau/demandes/recherche", sought="Nadia.K@exemple.fr")
    assert "2 demandes viennent de cette adresse" in read(answer)
    assert references(answer) == ["DR-2026-0003", "DR-2026-0001"]
    assert not [link for link in html.fromstring(answer.text).xpath("//@href") if "nadia" in link]


def test_an_archived_request_is_not_found_by_its_address(dpo, at_state, read):
    at_state(State.ARCHIVED)
    answer = dpo.submit("/bureau/demandes/recherche", sought="nadia.k@exemple.fr")
    assert "Aucune demande ne vient de cette adresse" in read(answer)


@pytest.mark.parametrize(
    ("typed", "cure"),
    [
        ("", "Saisissez une référence, comme DR-2026-0042, ou une adresse complète"),
        ("nadia.k", "Saisissez une référence, comme DR-2026-0042, ou une adresse complète"),
        ("DR-2026-0999", "Aucune demande ne porte cette référence. Vérifiez-la."),
    ],
)
def test_a_search_that_cannot_be_done_says_how_to_mend_it(dpo, typed, cure):
    answer = dpo.submit("/bureau/demandes/recherche", sought=typed)
    assert answer.status_code == 422
    page = html.fromstring(answer.text)
    assert cure in page.get_element_by_id("sought-error").text
    assert page.get_element_by_id("sought").get("value") == typed


def test_forty_requests_cost_no_more_statements_than_one(dpo, received):
    received(Right.ACCESS, Right.ERASURE)
    with statements() as for_one:
        dpo.get("/bureau/demandes")
    for number in range(39):
        received(Right.ACCESS, Right.OBJECTION, address=f"nadia{number}@exemple.fr")
    dpo.submit("/bureau/demandes/attributions", reference=["DR-2026-0001", "DR-2026-0007"])
    with statements() as for_forty:
        dpo.get("/bureau/demandes")
    # One more: the names of those who have them in hand.
    assert len(for_forty) <= len(for_one) + 1
    assert len(for_forty) <= 13


def test_a_paper_that_has_come_puts_the_case_back_to_do(questioned, dpo, read):
    assert "À traiter (0)" in read(dpo.get("/bureau/demandes"))
    with transaction():
        db.session.merge(questioned).question.file = "sealed"
    page = read(dpo.get("/bureau/demandes"))
    assert "À traiter (1)" in page
    assert "Pièce reçue" in page
    assert "Pièce reçue" in read(dpo.get(f"/bureau/demandes/{questioned.reference}"))
