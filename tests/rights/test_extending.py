from datetime import UTC, date, datetime

import pytest
import time_machine

from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import extending
from mailer.rights.extending import Reasons
from mailer.rights.grounds import ExtensionGround
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.states import Refused

WHY = Reasons(ExtensionGround.COMPLEXITY, "Trois fichiers d’avant 2018 sont à relire.")
LAST_MOMENT = datetime(2026, 12, 22, 22, 59, 59, tzinfo=UTC)
ONE_DAY_LATE = datetime(2026, 12, 22, 23, 0, tzinfo=UTC)


@pytest.fixture
def access(received):
    """A request for access that came on a Sunday, due on Tuesday 22 December."""
    with time_machine.travel(datetime(2026, 11, 22, 10, 30, tzinfo=UTC)):
        return received(Right.ACCESS).id


def extend(case_id, at, why=WHY):
    with transaction():
        extending.extend(db.session.get(RightsRequest, case_id), why, "account:1", at)


def test_it_counts_from_receipt_and_writes_in_the_same_act(access):
    extend(access, LAST_MOMENT)
    case = db.session.get(RightsRequest, access)
    assert case.due == date(2027, 2, 22)
    assert case.letters[-1].kind == "extension"
    mail = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert "lundi 22 février 2027" in mail.text
    assert WHY.facts in mail.text
    assert "réclamation" in mail.text


@pytest.mark.parametrize(
    ("at", "why", "refusal"),
    [
        (ONE_DAY_LATE, WHY, "too_late"),
        (LAST_MOMENT, Reasons(ExtensionGround.NUMBER, ""), "no_ground"),
    ],
)
def test_one_day_late_or_without_facts_it_is_refused_and_nothing_is_written(
    access, at, why, refusal
):
    with pytest.raises(Refused, match=refusal):
        extend(access, at, why)
    case = db.session.get(RightsRequest, access)
    assert (case.due, case.extension, len(case.letters)) == (date(2026, 12, 22), None, 1)


def test_it_is_given_once(access):
    extend(access, LAST_MOMENT)
    with pytest.raises(Refused, match="extended_once"):
        extend(access, LAST_MOMENT)


def test_neither_date_nor_letter_stays_when_the_transaction_fails(access):
    with pytest.raises(RuntimeError):
        extend_and_break(access)
    case = db.session.get(RightsRequest, access)
    assert (case.due, case.extension, len(case.letters)) == (date(2026, 12, 22), None, 1)


def extend_and_break(case_id):
    with transaction():
        extending.extend(db.session.get(RightsRequest, case_id), WHY, "account:1", LAST_MOMENT)
        raise RuntimeError
