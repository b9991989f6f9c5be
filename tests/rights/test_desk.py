from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
import time_machine

from mailer.audit.queries import history_of
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import holdings, labels

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY):
        yield


def log(dpo, *rights, received_on="2026-11-23", address="nadia.k@exemple.fr", **more):
    typed = {"channel": "post", "language": "fr", "verbatim": "Madame, Monsieur…"} | more
    return dpo.submit(
        "/bureau/demandes/nouvelle",
        rights=list(rights),
        address=address,
        received_on=received_on,
        **typed,
    )


def test_a_stranger_is_sent_to_the_door(visitor):
    assert visitor.get("/bureau/demandes").location.startswith("/connexion")


def test_a_request_typed_in_is_due_from_the_day_it_came(dpo, case):
    answer = log(dpo, "access", received_on="2026-11-12")
    assert answer.location == "/bureau/demandes/DR-2026-0001"
    assert case().due == date(2026, 12, 14)


def test_every_part_of_the_program_that_holds_data_has_a_name_on_the_page(app):
    assert holdings.found("f" * 64).keys() <= labels.HOLDINGS.keys()


def test_who_writes_in_english_is_acknowledged_in_english(dpo, case):
    log(dpo, "access", language="en")
    mail = db.session.scalars(db.select(OutboxMessage)).one()
    assert case().language == "en"
    assert "We will answer by" in mail.text


def test_a_day_to_come_is_refused_with_its_cure(dpo, case):
    answer = log(dpo, "access", received_on="2026-11-24")
    assert answer.status_code == 422
    assert "Choisissez aujourd’hui ou un jour passé." in answer.text
    assert case() is None


def test_the_case_shows_each_step_of_its_date(dpo, read):
    log(dpo, "access", received_on="2026-10-11")
    page = read(dpo.get("/bureau/demandes/DR-2026-0001"))
    assert "Le mercredi 11 novembre 2026 est férié (11 novembre) : jour suivant." in page
    assert "Le jeudi 12 novembre 2026 est un jour ouvré : dernier jour pour répondre." in page
    assert "Calcul indicatif, règles fr-2026.1, jours fériés de métropole." in page


def test_each_look_at_a_case_is_recorded(dpo, case):
    log(dpo, "access")
    dpo.get("/bureau/demandes/DR-2026-0001")
    acts = [(entry.verb, entry.actor) for entry in history_of(f"request:{case().id}")]
    assert acts == [("receive", "account:1"), ("read", "account:1")]


def test_an_unknown_reference_is_not_found(dpo):
    assert dpo.get("/bureau/demandes/DR-2026-9999").status_code == 404


def test_the_letter_is_read_again_before_it_leaves(dpo, read, case):
    log(dpo, "objection")
    page = dpo.submit("/bureau/demandes/DR-2026-0001/apercu", outcome_objection="granted")
    assert "plus aucun envoi ne part vers votre adresse" in read(page)
    assert case().closed_at is None


def test_sending_the_answer_closes_the_case(dpo, read):
    log(dpo, "objection")
    dpo.submit("/bureau/demandes/DR-2026-0001/reponse", outcome_objection="granted")
    page = read(dpo.get("/bureau/demandes/DR-2026-0001"))
    assert "Réponse envoyée" in page
    assert "Opposition : Accordé" in page
    assert "Répondre" not in page


def test_two_answers_at_once_send_one_letter(app, dpo, case):
    log(dpo, "objection")
    together, statuses = Barrier(2), []

    def send(browser):
        path = "/bureau/demandes/DR-2026-0001/reponse"
        with app.app_context():
            together.wait()
            statuses.append(browser.submit(path, outcome_objection="granted").status_code)
            db.session.remove()

    threads = [Thread(target=send, args=(same_session(app, dpo),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert [letter.kind for letter in case().letters] == ["acknowledgement", "objection"]
    assert sorted(statuses) == [303, 409]


def same_session(app, browser):
    other = app.test_client()
    other.set_cookie("session", browser.get_cookie("session").value)
    return other


def test_access_is_not_offered_before_the_mailbox_is_confirmed(dpo):
    log(dpo, "access")
    page = dpo.get("/bureau/demandes/DR-2026-0001").text
    assert 'value="no_data"' in page
    assert 'value="granted"' not in page


def test_access_is_offered_once_it_is(dpo, case):
    log(dpo, "access")
    with transaction():
        case().mailbox_confirmed_at = MONDAY
    assert 'value="granted"' in dpo.get("/bureau/demandes/DR-2026-0001").text


@pytest.mark.parametrize("step", ["apercu", "reponse"])
def test_a_refusal_without_its_ground_is_sent_back(dpo, step, case):
    log(dpo, "erasure")
    answer = dpo.submit(
        f"/bureau/demandes/DR-2026-0001/{step}", outcome_erasure="refused", answer="Non."
    )
    assert answer.status_code == 422
    assert "<title>Erreur" in answer.text
    assert "Choisissez sur quoi ce refus se fonde." in answer.text
    assert "un refus sans motif est nul" in answer.text
    assert case().closed_at is None


def test_a_case_is_closed_without_answer_for_a_written_reason(dpo, case):
    log(dpo, "access")
    dpo.submit("/bureau/demandes/DR-2026-0001/cloture", event="set_aside", reason="")
    assert case().closed_at is None
    dpo.submit("/bureau/demandes/DR-2026-0001/cloture", event="set_aside", reason="Une publicité.")
    assert (case().state, case().closing_reason) == ("not_a_request", "Une publicité.")


def test_who_asks_for_somebody_without_a_mailbox_is_answered_at_their_own(dpo, case):
    agent = {"requester": "mandate", "representative": "Me Roux", "contact": "roux@exemple.net"}
    log(dpo, "access", address="", **agent)
    mail = db.session.scalars(db.select(OutboxMessage)).one()
    assert (case().address, mail.recipient) == ("", "roux@exemple.net")


def test_the_mailbox_of_nobodys_representative_is_nowhere_to_answer(dpo, case):
    page = log(dpo, "access", address="", contact="roux@exemple.net")
    assert page.status_code == 422
    assert "Saisissez une adresse complète" in page.text
    assert case() is None


def test_each_letter_says_where_it_goes_before_it_leaves(dpo, read):
    log(dpo, "objection")
    log(dpo, "objection", answer_via="post", postal_address="3 rue du Port")
    granted = {"outcome_objection": "granted"}
    by_mail = read(dpo.submit("/bureau/demandes/DR-2026-0001/apercu", **granted))
    on_paper = read(dpo.submit("/bureau/demandes/DR-2026-0002/apercu", **granted))
    assert "n••••@exemple.fr, par courriel" in by_mail
    assert "Par courrier, à imprimer" in on_paper
