"""An answer: foreseen, signed, done and told, all or nothing."""

from datetime import UTC, datetime

import pytest
import time_machine

from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import answering, asking, holding, jobs, operations
from mailer.rights.asking import Question
from mailer.rights.composing import Lacking
from mailer.rights.decision import Decision
from mailer.rights.grounds import Ground
from mailer.rights.identity import Level
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest
from mailer.rights.parts import as_text, read
from mailer.rights.states import Event, Outcome, Refused, State

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RELAY = "Relais SA, Rennes"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(AT, tick=False):
        yield


def confirmed(case_id):
    case = db.session.get(RightsRequest, case_id)
    case.mailbox_confirmed_at = AT
    return case


def granted(*rights, answer="", refused=()):
    outcomes = dict.fromkeys(rights, Outcome.GRANTED) | dict.fromkeys(refused, Outcome.REFUSED)
    grounds = dict.fromkeys(refused, Ground.LEGAL_CLAIMS)
    return Decision(outcomes, answer, "La preuve est gardée." if refused else "", grounds)


def answer(case_id, decision):
    with transaction():
        answering.answer(confirmed(case_id), decision, "account:1", AT)
    return db.session.get(RightsRequest, case_id)


def said(case, kind):
    letter = next(each for each in case.letters if each.kind == kind)
    return as_text(read(letter.source))


def test_access_and_erasure_of_one_letter_are_one_case_and_access_comes_first(received, subscriber):
    case_id = received(Right.ERASURE, Right.ACCESS, address=subscriber.address).id
    case = answer(case_id, granted(Right.ERASURE, Right.ACCESS))
    assert [each.kind for each in case.letters] == [Kind.A1, Kind.A4, Kind.A7]
    assert "Inscriptions aux listes" in said(case, Kind.A7)
    assert case.handovers[0].sha256


def test_access_fills_the_eight_headings_from_the_register(app, received, subscriber):
    app.config["PROCESSORS"] = [RELAY]
    case = answer(received(Right.ACCESS, address=subscriber.address).id, granted(Right.ACCESS))
    letter = said(case, Kind.A4)
    headings = [line[:2] for line in letter.splitlines() if line[1:2] == ")"]
    assert headings == ["a)", "b)", "c)", "d)", "e)", "f)", "g)", "h)"]
    assert RELAY in letter


def test_erasure_says_what_stays_on_which_ground_and_until_when(received, subscriber):
    case = answer(received(Right.ERASURE, address=subscriber.address).id, granted(Right.ERASURE))
    letter = said(case, Kind.A7)
    assert "jusqu’au dimanche 23 novembre 2031" in letter
    assert "17(3)(e)" in letter
    assert "Courriels à une personne\u00a0: ce qui vous y nomme" in letter
    assert "lundi 28 décembre 2026" in letter


def test_what_stays_is_not_told_as_erased(received, subscriber):
    case = answer(received(Right.ERASURE, address=subscriber.address).id, granted(Right.ERASURE))
    gone = said(case, Kind.A7).partition("Ce qui reste")[0]
    assert "Preuves d’accord" not in gone
    assert "Demandes" not in gone


def test_a_file_that_is_held_keeps_its_words_until_it_is_let_go(received, subscriber):
    held_id = received(Right.OBJECTION, address=subscriber.address).id
    answer(held_id, granted(Right.OBJECTION))
    with transaction():
        holding.complain(db.session.get(RightsRequest, held_id), "25-00417", "account:1", AT)
    answer(received(Right.ERASURE, address=subscriber.address).id, granted(Right.ERASURE))
    jobs.write_erasures()
    assert db.session.get(RightsRequest, held_id).verbatim == "Madame, Monsieur…"
    with transaction():
        holding.release(db.session.get(RightsRequest, held_id), "Classée.", "account:1", AT)
    jobs.write_erasures()
    assert db.session.get(RightsRequest, held_id).verbatim == ""


def test_a_processor_is_told_in_the_act_and_the_person_reads_whom_we_told(
    app, received, subscriber
):
    app.config["PROCESSORS"] = [RELAY]
    app.config["PROCESSOR_MAILBOXES"] = {RELAY: "rgpd@relais.example"}
    case = answer(received(Right.ERASURE, address=subscriber.address).id, granted(Right.ERASURE))
    told = db.select(OutboxMessage).where(OutboxMessage.recipient == "rgpd@relais.example")
    assert "Effacer cette personne" in db.session.scalars(told).one().text
    assert f"{RELAY}, le lundi 23 novembre 2026" in said(case, Kind.A7)
    assert Kind.A10 not in [each.kind for each in case.correspondence]
    assert case.tasks[0].done_at == AT


def test_a_processor_is_told_of_a_case_that_nobody_took_before_asking_who_it_was(
    app, received, subscriber
):
    app.config["PROCESSORS"] = [RELAY]
    case_id = received(Right.ERASURE, address=subscriber.address).id
    with transaction():
        case = db.session.get(RightsRequest, case_id)
        asking.ask(case, Question(Level.FACTS, "Deux noms pour une boîte."), "account:1", AT)
        asking.confirm(case, "Deux faits cités.", "account:1", AT)
    case = answer(case_id, granted(Right.ERASURE))
    assert Kind.A10 in [each.kind for each in case.letters]


def test_a_processor_without_a_mailbox_is_told_on_paper(app, received, subscriber):
    app.config["PROCESSORS"] = [RELAY]
    case = answer(received(Right.ERASURE, address=subscriber.address).id, granted(Right.ERASURE))
    (letter,) = (each for each in case.letters if each.kind == Kind.A10)
    assert letter.delivery == "to_post"


def test_no_processor_learns_from_us_of_somebody_unknown_here(app, received):
    app.config["PROCESSORS"] = [RELAY]
    case = answer(received(Right.ERASURE).id, granted(Right.ERASURE))
    assert [each.kind for each in case.letters] == [Kind.A1, Kind.A4_NOTHING]


def test_nobody_is_told_of_what_was_refused(app, received, subscriber):
    app.config["PROCESSORS"] = [RELAY]
    case_id = received(Right.ERASURE, address=subscriber.address).id
    case = answer(case_id, granted(refused=[Right.ERASURE]))
    assert [each.kind for each in case.letters] == [Kind.A1, Kind.A8]


def test_a_refusal_names_the_ground_the_facts_and_what_is_granted(received, subscriber):
    case_id = received(Right.ERASURE, Right.ACCESS, address=subscriber.address).id
    case = answer(case_id, granted(Right.ACCESS, refused=[Right.ERASURE]))
    letter = said(case, Kind.A8)
    for words in ("Accès\u00a0: Accordé", "17(3)(e)", "La preuve est gardée.", "tribunal"):
        assert words in letter


def test_what_the_officer_adds_stands_in_the_first_letter_alone(received, subscriber):
    case_id = received(Right.ERASURE, Right.ACCESS, address=subscriber.address).id
    decision = granted(Right.ERASURE, Right.ACCESS, answer="Merci de votre patience.")
    case = answer(case_id, decision)
    assert "Merci de votre patience." in said(case, Kind.A4)
    assert "Merci de votre patience." not in said(case, Kind.A7)


def test_an_answer_that_lacks_a_mention_does_nothing_at_all(app, received, subscriber):
    app.config["DPO_ADDRESS"] = ""
    case_id = received_without_officer(app, received, subscriber)
    with pytest.raises(Lacking) as lacking:
        answer(case_id, granted(Right.ERASURE))
    assert lacking.value.mentions == ("dpo",)
    db.session.rollback()
    assert db.session.get(RightsRequest, case_id).state == State.RECEIVED


def received_without_officer(app, received, subscriber):
    app.config["DPO_ADDRESS"] = "dpo@exemple.fr"
    case_id = received(Right.ERASURE, address=subscriber.address).id
    app.config["DPO_ADDRESS"] = ""
    return case_id


def test_the_preview_is_the_letter_but_for_its_link(received, subscriber):
    case_id = received(Right.ERASURE, address=subscriber.address).id
    decision = granted(Right.ERASURE)
    foreseen = answering.foresee(confirmed(case_id), decision, AT)
    db.session.rollback()
    case = answer(case_id, decision)
    assert [each.written for each in foreseen] == [read(case.letters[-1].source)]


def test_a_preview_changes_nothing(received, subscriber):
    case_id = received(Right.ERASURE, Right.ACCESS, address=subscriber.address).id
    answering.foresee(confirmed(case_id), granted(Right.ERASURE, Right.ACCESS), AT)
    case = db.session.get(RightsRequest, case_id)
    assert (case.state, len(case.letters), case.handovers) == (State.RECEIVED, 1, [])


def test_where_two_must_sign_who_decided_may_not(app, received):
    app.config["FOUR_EYES"] = True
    case_id = received(Right.OBJECTION).id
    with transaction():
        answering.prepare(confirmed(case_id), granted(Right.OBJECTION), "account:1", AT)
    with pytest.raises(Refused, match="same_person"), transaction():
        answering.sign(db.session.get(RightsRequest, case_id), "account:1", AT)
    with transaction():
        answering.sign(db.session.get(RightsRequest, case_id), "account:2", AT)
    assert db.session.get(RightsRequest, case_id).state == State.ANSWERED


@pytest.mark.parametrize(
    ("event", "words"),
    [("withdraw", "Vous avez renoncé"), ("transfer", "Adressez-vous à la mairie.")],
)
def test_an_end_without_an_answer_is_told_with_its_reason(received, event, words):
    case_id = received(Right.ACCESS).id
    with transaction():
        case = db.session.get(RightsRequest, case_id)
        operations.close(case, Event(event), "Adressez-vous à la mairie.", "account:1", AT)
    assert words in said(db.session.get(RightsRequest, case_id), Kind.CLOSURE)
