"""Two requests of one person become one: nothing of either is lost, the first day least of all."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from mailer.db import db, transaction
from mailer.rights import merging, operations
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.requesters import Requester
from mailer.rights.states import Refused, State

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(AT, tick=False):
        yield


def found(case_id):
    return db.session.get(RightsRequest, case_id)


def merge(one, into):
    with transaction():
        merging.merge(found(one), found(into), "Même demande.", "account:1", AT)


def confirm(case_id):
    with transaction():
        found(case_id).mailbox_confirmed_at = AT


def test_a_right_that_nobody_confirmed_does_not_ride_along_with_a_proven_case(received):
    proven, unproven = received(Right.ACCESS).id, received(Right.ERASURE).id
    confirm(proven)
    with pytest.raises(Refused, match="unproven_repeat"):
        merge(unproven, proven)
    assert found(proven).rights == (Right.ACCESS,)


def test_what_the_repetition_said_goes_along_as_a_note(received):
    first, second = received(Right.ACCESS).id, received(Right.ACCESS).id
    merge(second, first)
    assert found(first).notes[0].words == "DR-2026-0002\nMadame, Monsieur…"


def test_the_request_that_came_first_keeps_its_date(received):
    first = received(Right.ACCESS, on=date(2026, 11, 2)).id
    second = received(Right.ERASURE, on=date(2026, 11, 20)).id
    with pytest.raises(Refused, match="is_older"):
        merge(first, second)
    confirm(second)
    merge(second, first)
    assert found(first).rights == (Right.ACCESS, Right.ERASURE)
    assert found(first).due == date(2026, 12, 2)


def test_who_asks_for_somebody_does_not_take_over_what_they_asked_themselves(received):
    own, anothers = received(Right.ACCESS).id, received(Right.ERASURE).id
    with transaction():
        found(anothers).requester = Requester.MANDATE
    with pytest.raises(Refused, match="other_requester"):
        merge(own, anothers)


def test_what_a_right_asks_to_be_done_elsewhere_comes_with_it(app, received):
    app.config["PROCESSORS"] = ["Relais SA, Rennes"]
    into, one = received(Right.ACCESS).id, received(Right.ERASURE).id
    with transaction():
        operations.assign(found(into), "account:1", AT)
    confirm(one)
    merge(one, into)
    assert [task.processor for task in found(into).tasks] == ["Relais SA, Rennes"]


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ("DR-2026-0001", "ou elle est close ou déjà décidée"),
        ("DR-2026-0099", "Aucune demande ne porte cette référence"),
    ],
)
def test_a_reference_that_cannot_be_joined_is_said_with_its_cure(
    received, dpo, read, other, sentence
):
    case_id = received(Right.ACCESS).id
    case = "/bureau/demandes/DR-2026-0001"
    page = dpo.submit(f"{case}/doublon", other=other.lower(), sameness="Même lettre.")
    shown = page if page.status_code == 422 else dpo.get(case)
    assert sentence in read(shown)
    assert found(case_id).state == State.RECEIVED
