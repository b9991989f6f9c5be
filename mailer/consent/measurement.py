"""A person's answers about being measured: given, read, and when the question may be put again."""

from datetime import datetime

from sqlalchemy import ScalarSelect, SQLColumnExpression, select

from mailer import rulebook
from mailer.consent import operations
from mailer.consent.evidence import Evidence, Kind
from mailer.consent.models import ConsentState
from mailer.consent.tracking import Answer, Answers, What, answer_of, may_ask
from mailer.db import db


def answer_tracking(
    fingerprint: str, what: What, answer: Answer, evidence: Evidence, actor: str = "subject"
) -> None:
    """Note a yes or a no, from this transaction on; the same answer twice is noted once."""
    known = _answer(fingerprint, what)
    if answer not in {known, Answer.UNKNOWN}:
        operations.record(fingerprint, what.value, _kind(known, answer), evidence, actor)


def withdraw(fingerprint: str, evidence: Evidence) -> None:
    """Measure nothing of this person any more; the links of every mail allow it."""
    for what in What:
        answer_tracking(fingerprint, what, Answer.REFUSED, evidence)


def answers_of(fingerprint: str) -> Answers:
    """What that person answered."""
    return Answers(*(_answer(fingerprint, what) for what in What))


def last_kind(fingerprint: SQLColumnExpression[str], what: What) -> ScalarSelect[Kind]:
    """The last event about it, for the SELECT of a statement about many people."""
    return (
        select(ConsentState.kind)
        .where(ConsentState.fingerprint == fingerprint, ConsentState.purpose == what.value)
        .scalar_subquery()
    )


def may_be_asked(fingerprint: str, what: What, at: datetime) -> bool:
    """Whether we may put the question to this person: no answer yet, or a no that is long past."""
    state = _state(fingerprint, what)
    match answer_of(state.kind if state else None):
        case Answer.GRANTED:
            return False
        case Answer.REFUSED:
            months = rulebook.load().figures.tracking_reask_months.value
            return may_ask(state.since if state else None, at, months)
        case _:
            return True


def _answer(fingerprint: str, what: What) -> Answer:
    state = _state(fingerprint, what)
    return answer_of(state.kind if state else None)


def _state(fingerprint: str, what: What) -> ConsentState | None:
    return db.session.get(ConsentState, (fingerprint, what.value), populate_existing=True)


def _kind(known: Answer, answer: Answer) -> Kind:
    if answer is Answer.GRANTED:
        return Kind.TRACKING_GRANTED
    return Kind.TRACKING_WITHDRAWN if known is Answer.GRANTED else Kind.TRACKING_REFUSED
