from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
import time_machine

from mailer.consent.bases import LawfulBasis, opens
from mailer.consent.bases import Right as Opened
from mailer.consent.queries import is_sendable
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.mail.models import OutboxMessage
from mailer.rights import answering, lifting, operations
from mailer.rights.circumstances import is_closed
from mailer.rights.decision import Decision
from mailer.rights.grounds import Ground
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.states import Outcome, Refused
from mailer.subscriptions.models import MailingList

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SIX = [basis for basis in LawfulBasis if not basis.value.endswith(("optin", "b2b_interest"))]


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(AT, tick=False):
        yield


def answer(case_id, outcome=Outcome.GRANTED, ground=None):
    with transaction():
        case = db.session.get(RightsRequest, case_id)
        case.mailbox_confirmed_at = AT
        outcomes = dict.fromkeys(case.rights, outcome)
        grounds = dict.fromkeys(case.rights, ground) if ground else {}
        reason = "Mission d’intérêt public." if ground else ""
        answering.answer(case, Decision(outcomes, "Voici.", reason, grounds), "account:1", AT)


@pytest.mark.parametrize(("basis", "right"), list(product(SIX, Opened)))
def test_what_no_basis_opens_may_not_be_granted(basis, right):
    if right == Opened.OBJECTION:
        # Objecting to letters is absolute, whatever the basis (GDPR art. 21(3)).
        assert not is_closed(Right.OBJECTION, [basis])
    else:
        assert is_closed(Right(right.value), [basis]) is not opens(basis, right).is_open


def test_one_list_that_opens_it_is_enough():
    assert not is_closed(Right.PORTABILITY, [LawfulBasis.PUBLIC_INTEREST, LawfulBasis.CONSENT])


def test_portability_of_a_list_of_public_interest_is_refused_with_its_reason(received, subscriber):
    with transaction():
        db.session.scalars(db.select(MailingList)).one().basis = LawfulBasis.PUBLIC_INTEREST
    case_id = received(Right.PORTABILITY, address=subscriber.address).id
    with pytest.raises(Refused, match="closed_by_basis"):
        answer(case_id)
    answer(case_id, Outcome.REFUSED, Ground.NOT_OPENED)
    line = db.session.get(RightsRequest, case_id).lines[0]
    assert (line.ground, line.reason) == (Ground.NOT_OPENED, "Mission d’intérêt public.")


def test_a_restriction_lasts_until_the_person_was_told_that_it_ends(received, subscriber):
    case_id = received(Right.RESTRICTION, address=subscriber.address).id
    answer(case_id)
    with pytest.raises(Conflict):
        lift(case_id)
    assert not is_sendable(subscriber.fingerprint)
    with transaction():
        case = db.session.get(RightsRequest, case_id)
        lifting.announce(case, "Le désaccord est réglé.", "account:1", AT)
    with pytest.raises(Conflict):
        lift(case_id, AT + timedelta(days=6))
    lift(case_id, AT + timedelta(days=7))
    assert is_sendable(subscriber.fingerprint)


def lift(case_id, at=AT):
    with transaction():
        lifting.lift(db.session.get(RightsRequest, case_id), "account:1", at)


def test_somebody_looks_elsewhere_before_an_erasure_is_granted(app, received, subscriber):
    app.config["OTHER_SYSTEMS"] = ["Tableur de l’accueil"]
    case_id = received(Right.ERASURE, address=subscriber.address).id
    with pytest.raises(Refused, match="tasks_open"):
        answer(case_id)
    with transaction():
        case = db.session.get(RightsRequest, case_id)
        operations.assign(case, "account:1", AT)
        operations.finish_task(case, case.tasks[0].id, "Deux lignes.", "account:1", AT)
        case.mailbox_confirmed_at = AT
        outcomes = {Right.ERASURE: Outcome.GRANTED}
        answering.decide(case, Decision(outcomes, "Fait.", ""), "account:1", AT)
        answering.sign(case, "account:1", AT)
    assert db.session.get(RightsRequest, case_id).state == "answered"


def test_a_decided_case_goes_back_for_a_written_reason(received):
    case_id = received(Right.OBJECTION).id
    with transaction():
        case = db.session.get(RightsRequest, case_id)
        operations.assign(case, "account:1", AT)
        outcomes = {Right.OBJECTION: Outcome.GRANTED}
        answering.decide(case, Decision(outcomes, "", ""), "account:1", AT)
        answering.give_back(case, "Relire.", "account:1", AT)
    case = db.session.get(RightsRequest, case_id)
    assert (case.state, case.lines[0].outcome) == ("in_progress", None)


def test_who_holds_nothing_is_told_so_in_their_own_mailbox(received):
    case_id = received(Right.ERASURE).id
    answer(case_id)
    mail = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert mail.recipient == "nadia.k@exemple.fr"
