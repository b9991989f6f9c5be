"""What is still to be done by hand stays in sight, even once its case is closed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from statements import statements

from mailer.clock import now, paris_day
from mailer.db import db, transaction
from mailer.rights import lifting, remaining
from mailer.rights.carriage import Delivery, Via
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.states import Outcome, State

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
QUEUE = "/bureau/demandes"
PAGE = "/bureau/demandes/reste-a-faire"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY) as travel:
        yield travel


@pytest.fixture
def on_paper(received):
    """`on_paper(State.ANSWERED)`: a case in that state whose letter waits for the post."""

    def make(state):
        found = received(Right.ACCESS)
        with transaction():
            case = db.session.merge(found)
            case.state = state
            case.letters[0].via, case.letters[0].delivery = Via.POST, Delivery.TO_POST
        return case.reference, case.letters[0].id

    return make


@pytest.fixture
def restricted(received):
    """A closed case whose restriction was announced, this Monday, to end."""
    case_id = received(Right.RESTRICTION).id
    with transaction():
        case = db.session.get(RightsRequest, case_id)
        case.lines[0].outcome, case.state, case.closed_at = (
            Outcome.GRANTED,
            State.ANSWERED,
            MONDAY,
        )
        lifting.announce(case, "Les données sont exactes.", "account:1", now())
    return case_id


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.ANSWERED])
def test_a_letter_waits_in_sight_until_it_is_posted(dpo, read, on_paper, state):
    reference, number = on_paper(state)
    assert "Lettres à poster (1)" in read(dpo.get(QUEUE))
    page = dpo.get(PAGE)
    assert f"{QUEUE}/{reference}/lettres/{number}.pdf" in page.text
    dpo.submit(f"{QUEUE}/{reference}/lettres/{number}/depot")
    assert "Lettres à poster" not in read(dpo.get(QUEUE))
    assert "Aucune lettre n’attend d’être postée." in read(dpo.get(PAGE))


def test_an_archived_letter_is_posted_no_more(on_paper):
    on_paper(State.ARCHIVED)
    assert remaining.to_post() == []
    assert remaining.counts(MONDAY.date()).letters == 0


def test_the_oldest_letter_comes_first(on_paper, monday):
    first, _number = on_paper(State.ANSWERED)
    monday.shift(60)
    second, _number = on_paper(State.IN_PROGRESS)
    assert [each.reference for each in remaining.to_post()] == [first, second]


def test_a_restriction_is_to_be_lifted_from_its_day_on_and_until_it_is(dpo, read, restricted):
    assert "Limitations à lever" not in read(dpo.get(QUEUE))
    with transaction():
        case = db.session.get(RightsRequest, restricted)
        case.lift_told_at = MONDAY - (lifting.ends_on(MONDAY) - MONDAY.date())
    assert "Limitations à lever (1)" in read(dpo.get(QUEUE))
    assert "DR-2026-0001" in read(dpo.get(PAGE))
    dpo.submit(f"{QUEUE}/DR-2026-0001/levee/effet")
    assert "Limitations à lever" not in read(dpo.get(QUEUE))


@pytest.mark.parametrize("hour", [22, 23])
def test_the_day_of_a_restriction_turns_at_midnight_in_paris(restricted, hour):
    told = MONDAY.replace(hour=hour, minute=30)
    with transaction():
        db.session.get(RightsRequest, restricted).lift_told_at = told
    day = lifting.ends_on(told)
    assert [remaining.counts(each).restrictions for each in (day - timedelta(days=1), day)] == [
        0,
        1,
    ]


def test_what_remains_is_counted_in_one_statement(on_paper, restricted):
    on_paper(State.ANSWERED)
    with statements() as seen:
        remaining.counts(paris_day(MONDAY))
    assert len([each for each in seen if each.startswith("SELECT")]) == 1
