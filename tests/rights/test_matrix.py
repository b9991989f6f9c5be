"""Which rights a basis opens: the CNIL's table of 36 cells, at the decision (law: row 9)."""

from datetime import UTC, datetime
from itertools import product

import pytest
import time_machine

from mailer.consent.bases import LawfulBasis
from mailer.consent.bases import Right as Opened
from mailer.db import db, transaction
from mailer.rights import answering, operations
from mailer.rights.decision import Decision
from mailer.rights.grounds import Ground
from mailer.rights.identity import Level
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.proceedings import Correction
from mailer.rights.states import Outcome, Refused, State
from mailer.subscriptions.models import MailingList

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SIX = [basis for basis in LawfulBasis if not basis.value.endswith(("optin", "b2b_interest"))]
# Written out, as the CNIL prints it: portability is for consent and contract, erasure not for a
# public mission. Objecting to letters is open whatever they rest on (GDPR art. 21(3)).
CLOSED = {
    ("public_interest", "erasure"),
    *(
        (basis, "portability")
        for basis in (
            *("legitimate_interest", "legal_obligation"),
            *("public_interest", "vital_interests"),
        )
    ),
}
CORRECTED = {"asked_at": AT, "done_at": AT, "by": "account:1"}
CELLS = list(product(SIX, Opened))


@pytest.fixture
def decide(received, subscriber):
    """`decide(basis, right, outcome)`: a proven request of somebody whose one list rests on it."""

    def act(basis, right, outcome, ground=None):
        with transaction():
            db.session.scalars(db.select(MailingList)).one().basis = basis
        case_id = received(Right(right.value), address=subscriber.address).id
        reason = "Ces lettres n’ouvrent pas ce droit." if ground else ""
        grounds = {Right(right.value): ground} if ground else {}
        with transaction():
            case = db.session.get(RightsRequest, case_id)
            case.mailbox_confirmed_at, case.proven = AT, Level.MAILBOX
            operations.assign(case, "account:1", AT)
            # A rectification is granted once something was corrected.
            case.corrections.append(Correction(before="a", after="b", **CORRECTED))
            decision = Decision({Right(right.value): outcome}, "", reason, grounds)
            answering.decide(case, decision, "account:1", AT)
        return db.session.get(RightsRequest, case_id).state

    with time_machine.travel(AT, tick=False):
        yield act


@pytest.mark.parametrize(("basis", "right"), CELLS)
def test_what_the_basis_does_not_open_is_not_granted(decide, basis, right):
    if (basis.value, right.value) not in CLOSED:
        assert decide(basis, right, Outcome.GRANTED) == State.READY
        return
    with pytest.raises(Refused, match="closed_by_basis"):
        decide(basis, right, Outcome.GRANTED)


@pytest.mark.parametrize(("basis", "right"), sorted(CLOSED))
def test_what_the_basis_does_not_open_is_refused_on_that_ground(decide, basis, right):
    outcome = Outcome.REFUSED
    decided = decide(LawfulBasis(basis), Opened(right), outcome, Ground.NOT_OPENED)
    assert decided == State.READY
