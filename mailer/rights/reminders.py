"""Which open cases the officer must hear of now, and what was said of each already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import joinedload, selectinload

from mailer import rulebook
from mailer.db import db
from mailer.rights import acknowledging
from mailer.rights.identity import needed_for
from mailer.rights.models import DeadlineWarning, RightsRequest
from mailer.rights.proceedings import IdentityQuestion
from mailer.rights.queue import has_document
from mailer.rights.states import OPEN, RUNNING, State
from mailer.rights.timers import ASKING, REMINDERS, Alarm, Clock, Timer, timers


@dataclass(frozen=True)
class Reminder:
    """What is said of one case: the alarm, and the days that it is about."""

    alarm: Alarm
    reference: str
    due: date
    received_on: date
    asked_on: date | None


def ring(today: date, at: datetime) -> Sequence[Reminder]:
    """The timers that have come and were never heard, noted as heard; most pressing first."""
    rules = rulebook.load()
    cases = {case.id: case for case in _cases(today)}
    heard = _heard(cases)
    found: list[Reminder] = []
    for case in cases.values():
        for timer in timers(clock(case), today, rules):
            if (case.id, timer.name) not in heard:
                db.session.add(DeadlineWarning(request_id=case.id, timer=timer.name, given_at=at))
                found.append(_said(case, timer))
    order = list(Alarm)
    return sorted(found, key=lambda each: (order.index(each.alarm), each.due, each.reference))


def clock(case: RightsRequest) -> Clock:
    """What the timers look at, as it stands on the case."""
    return Clock(
        state=case.state,
        received_on=case.received_on,
        due=case.due,
        calendar=case.calendar,
        is_acknowledged=acknowledging.has_left(case),
        is_extended=case.extension is not None,
        is_unasked=case.level < needed_for(case.rights, case.requester) and not case.questions,
        reminded_of=reminded_of(case),
        document_of=_document_of(case),
    )


def reminded_of(case: RightsRequest) -> date | None:
    """When the question was put that still waits, once the person was reminded of it."""
    question = case.question
    return question.asked_on if question and question.reminded_on else None


def _document_of(case: RightsRequest) -> date | None:
    question = case.question
    return question.asked_on if question and question.file else None


def _said(case: RightsRequest, timer: Timer) -> Reminder:
    asked_on = case.question.asked_on if case.question else None
    return Reminder(timer.alarm, case.reference, case.due, case.received_on, asked_on)


def _cases(today: date) -> Sequence[RightsRequest]:
    """The open cases of which a timer may have come; the rule decides."""
    asks = _is_unasked() | _waits(today) | has_document()
    is_concerned = _is_due(today) | _is_unacknowledged() | asks
    return db.session.scalars(
        select(RightsRequest)
        .where(RightsRequest.state.in_(OPEN), is_concerned)
        .options(
            selectinload(RightsRequest.lines),
            selectinload(RightsRequest.letters),
            selectinload(RightsRequest.questions),
            joinedload(RightsRequest.extension),
        )
        .order_by(RightsRequest.due, RightsRequest.id)
    ).all()


def _is_due(today: date) -> ColumnElement[bool]:
    last = today + timedelta(days=max(REMINDERS))
    return RightsRequest.state.in_(RUNNING) & (RightsRequest.due <= last)


def _is_unacknowledged() -> ColumnElement[bool]:
    return acknowledging.is_missing() & ~_was_told("unacknowledged")


def _is_unasked() -> ColumnElement[bool]:
    asked = exists().where(IdentityQuestion.request_id == RightsRequest.id)
    return RightsRequest.state.in_(ASKING) & ~asked & ~_was_told("unasked")


def _was_told(name: str) -> ColumnElement[bool]:
    return exists().where(
        DeadlineWarning.request_id == RightsRequest.id, DeadlineWarning.timer == name
    )


def _waits(today: date) -> ColumnElement[bool]:
    since = today - timedelta(days=rulebook.load().figures.identity_close_days.value)
    waiting = exists().where(
        IdentityQuestion.request_id == RightsRequest.id,
        IdentityQuestion.answered_on.is_(None),
        IdentityQuestion.reminded_on.is_not(None),
        IdentityQuestion.asked_on <= since,
    )
    return (RightsRequest.state == State.IDENTITY_PENDING) & waiting


def _heard(cases: dict[int, RightsRequest]) -> set[tuple[int, str]]:
    rows = db.session.execute(
        select(DeadlineWarning.request_id, DeadlineWarning.timer).where(
            DeadlineWarning.request_id.in_(cases) if cases else ~true()
        )
    )
    return {(request_id, timer) for request_id, timer in rows}
