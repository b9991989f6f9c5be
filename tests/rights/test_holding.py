"""Around a case: complaints, holds, what follows, and the archive."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from mailer.audit.models import Entry
from mailer.db import db, transaction
from mailer.rights import holding, jobs, operations
from mailer.rights.identity import Level
from mailer.rights.kinds import Right
from mailer.rights.models import Hold, RightsRequest
from mailer.rights.states import Event, Refused, State

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CASE = "/bureau/demandes/DR-2026-0001"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


@pytest.fixture
def closed(received):
    """A request that the person withdrew that Monday."""
    case_id = received(Right.ACCESS).id
    with transaction():
        case = db.session.get(RightsRequest, case_id)
        case.mailbox_confirmed_at = AT
        operations.close(case, Event.WITHDRAW, "Par courriel.", "account:1", AT)
    return case_id


def found(case_id):
    db.session.rollback()
    return db.session.get(RightsRequest, case_id)


def test_a_complaint_keeps_the_file_and_its_number(closed, dpo):
    dpo.submit(f"{CASE}/reclamation", number="25-00417")
    case = found(closed)
    assert (case.complaint_number, case.hold) == ("25-00417", Hold.COMPLAINT)
    assert "25-00417" in dpo.get(CASE).text


def test_a_litigation_keeps_the_file_until_it_is_let_go(closed, dpo):
    dpo.submit(f"{CASE}/retenue", held_because="Assignation du 20.")
    assert found(closed).hold == Hold.LITIGATION
    dpo.submit(f"{CASE}/retenue", held_because="Désistement.", release="1")
    case = found(closed)
    assert case.hold == Hold.NONE
    assert [note.words for note in case.notes] == ["Assignation du 20.", "Désistement."]


def test_a_hold_without_a_reason_comes_back(closed, dpo):
    assert dpo.submit(f"{CASE}/retenue", held_because=" ").status_code == 422
    assert found(closed).hold == Hold.NONE


def test_what_follows_a_closed_case_is_another_one_that_proves_itself_anew(closed, dpo):
    page = dpo.submit(f"{CASE}/suite", follows_on="2026-11-22", follows="Il manque une liste.")
    assert page.location == "/bureau/demandes/DR-2026-0002"
    case = found(closed + 1)
    assert (case.related_to, case.rights, case.level) == (
        "DR-2026-0001",
        (Right.ACCESS,),
        Level.NONE,
    )
    assert case.due == date(2026, 12, 22)
    assert found(closed).verbatim == "Madame, Monsieur…"


def test_a_case_whose_address_is_erased_has_no_sequel_and_says_what_to_do(closed, dpo, read):
    with transaction():
        found(closed).address = ""
    dpo.submit(f"{CASE}/suite", follows_on="2026-11-22", follows="Encore une lettre.")
    assert "Saisissez la suite comme une demande reçue." in read(dpo.get(CASE))


def test_a_litigation_does_not_hide_a_complaint(closed):
    with transaction():
        holding.complain(found(closed), "25-00417", "account:1", AT)
    with transaction():
        holding.hold(found(closed), "Assignation.", "account:1", AT)
    assert found(closed).hold == Hold.COMPLAINT


def test_an_open_case_has_no_sequel(received):
    case_id = received(Right.ACCESS).id
    with pytest.raises(Refused, match="not_now"), transaction():
        holding.follow_up(found(case_id), date(2026, 11, 22), "…", "account:1", AT)


def test_a_sequel_that_is_still_to_come_is_refused_with_its_cure(closed, dpo):
    page = dpo.submit(f"{CASE}/suite", follows_on="2026-11-24", follows="Il manque une liste.")
    assert page.status_code == 422
    assert "Choisissez aujourd’hui ou un jour passé." in page.text


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("corrections", {"before": "Lea", "after": "Léa"}),
        ("boite", {"moved_to": "lea.b@exemple.fr"}),
        ("taches", {"task": "1", "proof": "Rien."}),
        ("lettres/excess/envoi", {"decision": "Refus.", "demonstration": "Dix fois."}),
    ],
)
def test_a_closed_case_is_never_edited(closed, dpo, read, act, typed):
    letters = len(found(closed).letters)
    dpo.submit(f"{CASE}/{act}", **typed)
    assert "Cette demande est close" in read(dpo.get(CASE))
    assert (found(closed).corrections, len(found(closed).letters)) == ([], letters)


def archived_after(monday, days):
    monday.shift(timedelta(days=days))
    jobs.archive()


@pytest.mark.parametrize(("days", "state"), [(181, State.WITHDRAWN), (182, State.ARCHIVED)])
def test_a_closed_file_is_put_away_after_six_months(monday, closed, days, state):
    archived_after(monday, days)
    assert found(closed).state == state


def test_a_file_that_is_held_is_not_put_away(monday, closed):
    with transaction():
        holding.hold(found(closed), "Assignation.", "account:1", AT)
    archived_after(monday, 400)
    assert found(closed).state == State.WITHDRAWN


@pytest.fixture
def archived(monday, closed, dpo):
    """Put away; the officer has signed in again, since it takes half a year."""
    archived_after(monday, 182)
    dpo.submit("/connexion", email="dpo@exemple.fr", passphrase="sept phares et une marée")
    return closed


def test_an_archived_file_opens_for_a_written_reason_alone(archived, dpo):
    assert "Madame, Monsieur" not in dpo.get(CASE).text
    assert dpo.submit(f"{CASE}/consultation", motive=" ").status_code == 422
    dpo.submit(f"{CASE}/consultation", motive="La CNIL demande le dossier.")
    assert "Madame, Monsieur" in dpo.get(CASE).text
    assert "consult-archive" in db.session.scalars(db.select(Entry.verb)).all()


@pytest.mark.parametrize("motive", ["", "La CNIL demande le dossier."])
def test_a_file_that_is_not_put_away_is_not_opened_again(monday, closed, dpo, motive):
    assert dpo.submit(f"{CASE}/consultation", motive=motive).status_code == 409
    assert "consult-archive" not in db.session.scalars(db.select(Entry.verb)).all()


def test_a_reason_opens_an_archived_file_for_one_sitting(monday, archived, dpo):
    dpo.submit(f"{CASE}/consultation", motive="La CNIL demande le dossier.")
    monday.shift(timedelta(minutes=29))
    assert dpo.get(f"{CASE}/preuve.zip").status_code == 200
    monday.shift(timedelta(minutes=1))
    assert dpo.get(f"{CASE}/preuve.zip").status_code == 303


def test_no_address_of_an_archived_file_shows_it_without_a_reason(app, archived, dpo):
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("rights.") and "reference" in rule.arguments:
            values = {"reference": "DR-2026-0001", "number": 1, "kind": "excess"}
            _domain, path = rule.build({name: values[name] for name in rule.arguments})
            page = dpo.get(path) if "GET" in rule.methods else dpo.submit(path)
            assert "Madame, Monsieur" not in page.text, path
            assert page.status_code in {200, 303, 422}, path
            assert page.status_code == 303 or "Ouvrir le dossier" in page.text, path


def test_an_archived_file_keeps_how_it_ended(monday, closed):
    archived_after(monday, 182)
    assert found(closed).ended_as == State.WITHDRAWN
