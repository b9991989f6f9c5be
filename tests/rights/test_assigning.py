"""Who has a case in hand: taken alone or together, given back, named when it cannot be."""

import pytest

from mailer.audit.queries import history_of
from mailer.clock import now
from mailer.db import db, transaction
from mailer.rights import operations
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.states import Event

MANY = "/bureau/demandes/attributions"
UNDO = f"{MANY}/annulation"


@pytest.fixture
def three(received):
    """The references of three requests."""
    return [received(Right.ACCESS).reference for _ in range(3)]


def hands():
    """Who has each case in hand, and its state."""
    db.session.rollback()
    rows = db.session.scalars(db.select(RightsRequest).order_by(RightsRequest.id))
    return [(row.assignee, row.state.value) for row in rows]


def close(number):
    with transaction():
        case = db.session.get_one(RightsRequest, number)
        operations.close(case, Event.WITHDRAW, "Elle a écrit.", "account:1", now())


def assign_to(actor, number):
    with transaction():
        operations.assign(db.session.get_one(RightsRequest, number), actor, now())


NOBODYS, MINE, HERS = ("", "received"), ("account:1", "in_progress"), ("account:9", "in_progress")


def test_the_ticked_ones_are_taken_and_the_others_left(dpo, three, read):
    answer = dpo.submit(MANY, reference=three[:2], vue="a-echeance", droit="access", a_moi="1")
    assert answer.location == "/bureau/demandes?vue=a-echeance&droit=access&a_moi=1"
    assert hands() == [MINE, MINE, NOBODYS]
    assert "2 demandes sont à vous. Annuler" in read(dpo.get("/bureau/demandes"))


def test_those_that_cannot_be_taken_are_named_with_the_reason(dpo, three, read):
    close(2)
    dpo.submit(MANY, reference=three)
    page = read(dpo.get("/bureau/demandes"))
    assert "DR-2026-0002 : Cette demande est close" in page
    assert "2 demandes sont à vous." in page
    assert hands() == [MINE, ("", "withdrawn"), MINE]


def test_none_ticked_says_what_to_do(dpo, three, read):
    dpo.submit(MANY)
    assert "Cochez au moins une demande." in read(dpo.get("/bureau/demandes"))
    assert hands() == [NOBODYS] * 3


def test_a_reference_that_is_none_takes_nothing(dpo, three):
    assert dpo.submit(MANY, reference=[three[0], "DR-2026-9999"]).status_code == 404
    assert hands() == [NOBODYS] * 3


def test_taking_back_gives_each_case_to_whom_it_was_or_to_nobody(dpo, three, read):
    assign_to("account:9", 2)
    dpo.submit(MANY, reference=three)
    dpo.get("/bureau/demandes")
    assert dpo.submit(UNDO).location == "/bureau/demandes"
    assert hands() == [NOBODYS, HERS, NOBODYS]
    page = read(dpo.get("/bureau/demandes"))
    assert "3 demandes sont rendues." in page
    assert "Annuler" not in page


def test_on_a_case_it_leads_back_to_the_case(dpo, three, read):
    dpo.submit("/bureau/demandes/DR-2026-0001/attribution")
    assert "1 demande est à vous. Annuler" in read(dpo.get("/bureau/demandes/DR-2026-0001"))
    assert dpo.submit(UNDO).location == "/bureau/demandes/DR-2026-0001"
    assert hands()[0] == NOBODYS


def test_what_somebody_else_took_since_stays_theirs(dpo, three, read):
    dpo.submit(MANY, reference=three)
    assign_to("account:9", 2)
    dpo.submit(UNDO)
    assert hands() == [NOBODYS, HERS, NOBODYS]
    assert "DR-2026-0002 : Quelqu’un d’autre s’en occupe depuis." in read(
        dpo.get("/bureau/demandes")
    )


def test_what_was_closed_since_is_not_reopened(dpo, three):
    dpo.submit(MANY, reference=three[:1])
    close(1)
    dpo.submit(UNDO)
    assert hands()[0] == ("account:1", "withdrawn")


def test_taking_back_twice_changes_nothing_more(dpo, three):
    dpo.submit(MANY, reference=three)
    dpo.submit(UNDO)
    assign_to("account:9", 1)
    dpo.submit(UNDO)
    assert hands() == [HERS, NOBODYS, NOBODYS]


def test_both_acts_are_recorded(dpo, three):
    dpo.submit(MANY, reference=three[:1])
    dpo.submit(UNDO)
    acts = [(entry.verb, entry.actor) for entry in history_of("request:1")]
    assert acts[-2:] == [("assign", "account:1"), ("unassign", "account:1")]


def test_a_task_that_came_with_the_case_stays(app, dpo, received):
    app.config["PROCESSORS"] = ["Relais SA"]
    received(Right.ERASURE)
    dpo.submit(MANY, reference=["DR-2026-0001"])
    dpo.submit(UNDO)
    dpo.submit(MANY, reference=["DR-2026-0001"])
    tasks = db.session.get_one(RightsRequest, 1).tasks
    assert [task.processor for task in tasks] == ["Relais SA"]


def test_the_queue_names_who_has_the_case(dpo, three, read):
    assign_to("account:9", 2)
    dpo.submit(MANY, reference=three[:1])
    page = read(dpo.get("/bureau/demandes"))
    assert "Vous" in page
    assert "Compte fermé" in page


def test_another_officer_is_named(dpo, three, staff, read):
    dpo.submit(MANY, reference=three[:1])
    assert "Camille Morin" in read(staff("dpo", "admin").get("/bureau/demandes"))
