import io
from datetime import UTC, datetime

import pytest
import time_machine

from mailer.audit.queries import history_of
from mailer.db import db, transaction
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.requesters import Requester
from mailer.tokens import RIGHTS_IDENTITY, RIGHTS_STATUS

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CASE = "/bureau/demandes/DR-2026-0001"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY) as travel:
        yield travel


@pytest.fixture
def access(received):
    return received(Right.ACCESS).id


def state():
    return db.session.scalars(db.select(RightsRequest.state)).one()


def test_the_address_is_masked_until_asked_for_and_the_asking_is_recorded(dpo, access):
    assert "nadia.k@exemple.fr" not in dpo.get(CASE).text
    assert "nadia.k@exemple.fr" in dpo.submit(f"{CASE}/adresse").text
    assert "reveal-address" in [entry.verb for entry in history_of(f"request:{access}")]


def test_taking_it_in_hand_says_so(dpo, access):
    dpo.submit(f"{CASE}/attribution")
    assert state() == "in_progress"


def test_asking_without_a_doubt_shows_the_cure_and_asks_nothing(dpo, access, read):
    page = dpo.submit(f"{CASE}/identite", wanted="3", doubt="")
    assert page.status_code == 422
    assert "Écrivez votre doute" in read(page)
    assert state() == "received"


def test_from_the_question_to_the_document_to_its_end(dpo, visitor, access, read):
    dpo.submit(f"{CASE}/identite", wanted="3", doubt="La signature ne ressemble pas.")
    question = db.session.get(RightsRequest, access).question
    page = f"/droits/{RIGHTS_IDENTITY.sign(question.id)}/piece"
    assert visitor.submit(page, document=(io.BytesIO(b"no scan"), "a.pdf")).status_code == 422
    visitor.submit(page, document=(io.BytesIO(b"%PDF-1.7 scan"), "a.pdf"))
    paper = dpo.get(f"{CASE}/piece")
    assert paper.data == b"%PDF-1.7 scan"
    assert paper.mimetype == "application/octet-stream"
    assert paper.headers["Content-Disposition"] == 'attachment; filename="piece.pdf"'
    dpo.submit(f"{CASE}/identite/verification", seen="La pièce déposée.")
    assert dpo.get(f"{CASE}/piece").status_code == 404
    assert "Pièce vérifiée" in read(dpo.get(CASE))


def test_a_refused_act_comes_back_with_its_reason(dpo, received, read):
    received(Right.OBJECTION)
    answer = dpo.submit(f"{CASE}/identite", wanted="3", doubt="Un doute.")
    assert "sans prouver son identité" in read(dpo.get(answer.location))


def test_an_extension_shows_the_new_date(dpo, access, read):
    dpo.submit(f"{CASE}/prolongation", ground="complexity", facts="Trois fichiers à relire.")
    assert "Réponse au plus tard le lundi 22 février 2027" in read(dpo.get(CASE))


def test_a_note_is_kept(dpo, access, read):
    dpo.submit(f"{CASE}/notes", words="Rappeler jeudi.")
    assert "Rappeler jeudi." in read(dpo.get(CASE))


def test_the_state_is_shown_by_a_link_that_lives_half_an_hour(visitor, access, read, monday):
    page = f"/droits/{RIGHTS_STATUS.sign(access)}/suivi"
    assert "au plus tard le mardi 22 décembre 2026" in read(visitor.get(page))
    monday.shift(1801)
    assert visitor.get(page).status_code == 410


def test_a_link_is_sent_to_the_mailbox_of_the_case_and_any_reference_reads_the_same(
    visitor, access
):
    known = visitor.submit("/droits/suivi", reference="dr-2026-0001").location
    assert known == visitor.submit("/droits/suivi", reference="DR-2026-9999").location


GRANTED = {
    "outcome_erasure": "granted",
    "answer": "C’est effacé.",
    "typed": "DR-2026-0001",
}


def test_an_answer_that_may_not_leave_comes_back_as_typed_with_the_reason(app, dpo, received, read):
    app.config["OTHER_SYSTEMS"] = ["Tableur de l’accueil"]
    case_id = received(Right.ERASURE).id
    with transaction():
        db.session.get(RightsRequest, case_id).mailbox_confirmed_at = MONDAY
    page = dpo.submit(f"{CASE}/reponse", **GRANTED)
    assert page.status_code == 409
    assert "Il reste à chercher ailleurs." in read(page)
    assert "C’est effacé." in read(page)
    assert state() == "received"


def test_nobody_answers_while_the_person_is_asked_who_they_are(dpo, access, read):
    dpo.submit(f"{CASE}/identite", wanted="2", doubt="Deux lettres se contredisent.")
    page = read(dpo.get(CASE))
    assert "Relire les lettres" not in page
    assert "Le délai est suspendu" in page


def test_a_case_without_an_e_mail_address_says_so_and_shows_where_to_write(dpo, read, case):
    typed = {"rights": ["access"], "channel": "post", "language": "fr", "verbatim": "…"}
    postal = {"answer_via": "post", "postal_address": "Nadia K.\n3 rue du Port\n35000 Rennes"}
    dpo.submit("/bureau/demandes/nouvelle", received_on="2026-11-23", address="", **typed, **postal)
    page = read(dpo.get(CASE))
    assert "Aucune adresse e-mail donnée" in page
    assert "••••@" not in page
    assert "E-mail à confirmer" not in page
    assert "3 rue du Port" not in page
    assert "3 rue du Port 35000 Rennes" in read(dpo.submit(f"{CASE}/adresse"))


def test_the_mailbox_of_a_representative_is_masked_until_asked_for(dpo, access, read):
    with transaction():
        found = db.session.get(RightsRequest, access)
        found.requester, found.contact = Requester.MANDATE, "roux@avocats.exemple"
    assert "r••••@avocats.exemple" in read(dpo.get(CASE))
    assert "roux@avocats.exemple" in read(dpo.submit(f"{CASE}/adresse"))


@pytest.mark.parametrize("right", [Right.OBJECTION, Right.WITHDRAWAL])
def test_no_proof_is_asked_of_who_wants_to_be_left_alone(dpo, received, read, right):
    received(right)
    page = read(dpo.get(CASE))
    assert "Aucune preuve n’est demandée pour ce droit." in page
    assert "Demander davantage" not in page
    assert "E-mail à confirmer" not in page
    assert "E-mail à confirmer" not in read(dpo.get("/bureau/demandes"))


def test_one_right_that_needs_a_proof_lets_it_be_asked(dpo, received, read):
    received(Right.OBJECTION, Right.ACCESS)
    assert "Demander davantage" in read(dpo.get(CASE))
