from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest

from mailer import addresses
from mailer.consent.models import ConsentEvent
from mailer.consent.queries import is_sendable
from mailer.db import db, transaction
from mailer.errors import Conflict, Invalid
from mailer.mail.models import OutboxMessage
from mailer.rights import answering, operations
from mailer.rights.decision import Decision
from mailer.rights.grounds import Ground
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import Channel, RightsRequest
from mailer.rights.operations import Intake
from mailer.rights.states import Event, Outcome, Refused, State
from mailer.subscriptions.models import Subscription

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


def intake(*rights, address="nadia.k@exemple.fr", received_on=date(2026, 11, 22)):
    parsed = addresses.parse(address)
    return Intake(
        address=parsed,
        fingerprint=addresses.fingerprint(parsed, "another"),
        rights=rights,
        verbatim="",
        channel=Channel.POST,
        received_on=received_on,
        language="fr",
        calendar="metropole",
    )


def receive(*rights, **more):
    with transaction():
        return operations.receive(intake(*rights, **more), "account:1", AT)


def receive_and_break(*rights, **more):
    """A request whose transaction fails after everything was written."""
    with transaction():
        operations.receive(intake(*rights, **more), "subject", AT)
        raise RuntimeError


def mails():
    return db.session.scalar(db.select(db.func.count()).select_from(OutboxMessage))


def test_a_letter_typed_in_late_has_its_clock_from_the_day_it_came(app):
    case = receive(Right.ACCESS, received_on=date(2026, 11, 12))
    assert (case.received_on, case.due) == (date(2026, 11, 12), date(2026, 12, 14))
    assert case.logged_at == AT


def test_a_receipt_still_to_come_is_refused(app):
    with pytest.raises(Invalid):
        receive(Right.ACCESS, received_on=date(2026, 11, 23))


def test_the_case_keeps_its_rules_and_the_steps_of_its_date(app):
    case = receive(Right.ACCESS, received_on=date(2026, 3, 5))
    assert (case.rulebook_version, case.calendar) == ("fr-2026.1", "metropole")
    assert (case.raw_due, case.due) == (date(2026, 4, 5), date(2026, 4, 7))
    assert [step["cause"] for step in case.steps] == [
        "received",
        "months",
        "sunday",
        "holiday",
        "working",
    ]


def test_references_count_from_one_each_year(app):
    first, second = receive(Right.ACCESS), receive(Right.ERASURE)
    assert (first.reference, second.reference) == ("DR-2026-0001", "DR-2026-0002")


def test_an_objection_stops_sending_in_the_act_that_logs_it(subscriber):
    receive(Right.OBJECTION, address=subscriber.address)
    ended = db.session.scalars(db.select(Subscription.state)).all()
    assert not is_sendable(subscriber.fingerprint)
    assert set(ended) == {"ended"}


def test_an_objection_that_is_not_kept_stops_nothing(subscriber):
    before = mails()
    with pytest.raises(RuntimeError):
        receive_and_break(Right.OBJECTION, address=subscriber.address)
    assert is_sendable(subscriber.fingerprint)
    assert db.session.scalar(db.select(db.func.count()).select_from(RightsRequest)) == 0
    assert mails() == before


def test_an_objection_of_someone_unknown_is_kept_too(app):
    case = receive(Right.OBJECTION)
    assert not is_sendable(case.fingerprint)


def test_a_request_for_access_stops_nothing(subscriber):
    receive(Right.ACCESS, address=subscriber.address)
    assert is_sendable(subscriber.fingerprint)


@pytest.mark.parametrize("right", [Right.ERASURE, Right.RESTRICTION])
def test_what_freezes_stops_sending_at_once_and_keeps_the_subscription(subscriber, right):
    receive(right, address=subscriber.address)
    assert not is_sendable(subscriber.fingerprint)
    assert db.session.scalars(db.select(Subscription.state)).all() == ["active"]


def test_a_refusal_lets_letters_leave_again_and_a_proof_says_so(subscriber):
    answer(receive(Right.ERASURE, address=subscriber.address), Outcome.REFUSED, grounds="Non.")
    kinds = db.select(ConsentEvent.kind).order_by(ConsentEvent.id.desc()).limit(2)
    assert is_sendable(subscriber.fingerprint)
    assert db.session.scalars(kinds).all() == ["unrestricted", "restricted"]


def test_a_request_set_aside_lets_letters_leave_again(subscriber):
    set_aside(receive(Right.ERASURE, address=subscriber.address))
    assert is_sendable(subscriber.fingerprint)


def test_one_request_of_two_still_freezes(subscriber):
    first, second = (receive(Right.ERASURE, address=subscriber.address) for _ in range(2))
    set_aside(first)
    assert not is_sendable(subscriber.fingerprint)
    set_aside(second)
    assert is_sendable(subscriber.fingerprint)


def test_a_restriction_that_is_granted_lasts(subscriber):
    answer(receive(Right.RESTRICTION, address=subscriber.address), Outcome.GRANTED)
    set_aside(receive(Right.ERASURE, address=subscriber.address))
    assert not is_sendable(subscriber.fingerprint)


def test_an_objection_outlives_the_request_that_froze(subscriber):
    frozen = receive(Right.ERASURE, address=subscriber.address)
    receive(Right.OBJECTION, address=subscriber.address)
    set_aside(frozen)
    assert not is_sendable(subscriber.fingerprint)


def set_aside(case):
    with transaction():
        db.session.add(case)
        operations.close(case, Event.SET_ASIDE, "Pas une demande.", "account:1", AT)


def test_a_form_cannot_be_used_to_pester_a_mailbox(app):
    asked = replace(intake(Right.ACCESS), channel=Channel.FORM)
    minutes = (0, 1, 11, 22, 33, 60 * 24 + 1)
    with transaction():
        cases = [operations.receive(asked, "subject", AT + timedelta(minutes=m)) for m in minutes]
    assert [len(case.letters) for case in cases] == [1, 0, 1, 1, 0, 1]


def test_what_the_officer_types_in_is_always_acknowledged(app):
    assert [len(receive(Right.ACCESS).letters) for _ in range(2)] == [1, 1]


def test_a_number_taken_back_leaves_no_gap(app):
    with pytest.raises(RuntimeError):
        receive_and_break(Right.ACCESS)
    assert receive(Right.ACCESS).reference == "DR-2026-0001"


def test_requests_at_the_same_instant_have_neither_gap_nor_double(app):
    together = Barrier(8)

    def one():
        with app.app_context():
            together.wait()
            receive(Right.ACCESS)
            db.session.remove()

    threads = [Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    given = db.session.scalars(db.select(RightsRequest.reference)).all()
    assert sorted(given) == [f"DR-2026-{number:04d}" for number in range(1, 9)]


def answer(case, outcome, text="Voici.", grounds=""):
    decision = Decision(
        dict.fromkeys(case.rights, outcome),
        text,
        grounds,
        dict.fromkeys(case.rights, Ground.LEGAL_CLAIMS),
    )
    with transaction():
        db.session.add(case)
        answering.answer(case, decision, "account:1", AT + timedelta(days=2))


def test_answering_an_objection_sends_its_own_letter_and_closes(app):
    case = receive(Right.OBJECTION)
    answer(case, Outcome.GRANTED, text="")
    assert [letter.kind for letter in case.letters] == [Kind.A1, Kind.A6]
    assert case.state == State.ANSWERED
    assert case.closed_at == AT + timedelta(days=2)


def test_nothing_is_given_before_the_mailbox_is_confirmed(app):
    case = receive(Right.ACCESS)
    with pytest.raises(Refused, match="not_identified"):
        answer(case, Outcome.GRANTED)
    assert mails() == 1


def test_a_confirmed_mailbox_gets_its_answer(app):
    case = receive(Right.ACCESS)
    with transaction():
        db.session.add(case)
        case.mailbox_confirmed_at = AT
    answer(case, Outcome.GRANTED)
    assert case.lines[0].outcome == Outcome.GRANTED
    assert mails() == 2


def test_an_objection_is_never_refused(app):
    with pytest.raises(Invalid, match="objection"):
        answer(receive(Right.OBJECTION), Outcome.REFUSED, grounds="Non.")


def test_a_refusal_without_its_ground_does_not_leave(app):
    case = receive(Right.ERASURE)
    with pytest.raises(Refused, match="unreasoned"):
        answer(case, Outcome.REFUSED)
    assert mails() == 1


def test_a_refusal_names_the_authority_and_the_court(app):
    answer(receive(Right.ERASURE), Outcome.REFUSED, grounds="RGPD art. 17(3)(e).")
    sent = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert "3 place de Fontenoy" in sent.text
    assert "tribunal administratif" in sent.text


def test_a_request_is_answered_once(app):
    case = receive(Right.OBJECTION)
    answer(case, Outcome.GRANTED)
    with pytest.raises(Conflict):
        answer(case, Outcome.GRANTED)


def test_a_case_closed_without_answer_keeps_the_reason(app):
    case = receive(Right.ACCESS)
    with transaction():
        db.session.add(case)
        operations.close(case, Event.WITHDRAW, "Retirée par lettre du 25.", "account:1", AT)
    assert (case.state, case.closing_reason) == (State.WITHDRAWN, "Retirée par lettre du 25.")
