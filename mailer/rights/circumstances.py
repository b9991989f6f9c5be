"""What the guards of states.py look at, read from a case as it stands."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from flask import current_app

from mailer import rulebook
from mailer.clock import paris_day
from mailer.consent.bases import LawfulBasis, opens
from mailer.consent.bases import Right as Opened
from mailer.rights.counting import base_due
from mailer.rights.identity import Level, needed, needed_for
from mailer.rights.kinds import AT_ONCE, NEEDS_MAILBOX, Right
from mailer.rights.models import Hold, RequestLine, RightsRequest
from mailer.rights.proceedings import Task, TaskKind
from mailer.rights.states import (
    FINAL,
    GIVING,
    REFUSALS,
    Event,
    Facts,
    Refusal,
    Refused,
    State,
    after,
)
from mailer.subscriptions.queries import not_ended


def facts(case: RightsRequest, at: datetime, text: str = "", actor: str = "") -> Facts:
    """What stands on the case at that instant."""
    today = paris_day(at)
    question = case.question
    return Facts(
        today=today,
        base_due=base_due(case, today),
        text=text,
        actor=actor,
        is_extended=case.extension is not None,
        needed=needed_for(case.rights, case.requester),
        proven=case.level,
        wanted=Level(question.wanted) if question else Level.NONE,
        asked_on=question.asked_on if question else None,
        reminded_on=question.reminded_on if question else None,
        identity_close_days=rulebook.load().figures.identity_close_days.value,
        on_hold=case.hold != Hold.NONE,
        decided_by=case.decided_by if current_app.config["FOUR_EYES"] else "",
    )


def of_decision(case: RightsRequest, at: datetime) -> Facts:
    """The same, with what the decided lines say."""
    given = [line for line in case.lines if line.outcome in GIVING]
    refused = [line for line in case.lines if line.outcome in REFUSALS]
    bases = bases_of(case.fingerprint)
    return replace(
        facts(case, at),
        undecided=any(line.outcome is None for line in case.lines),
        unreasoned=any(not (line.ground and line.reason) for line in refused),
        unidentified=any(case.level < needed(line.right, case.requester) for line in given),
        closed_by_basis=any(is_closed(line.right, bases) for line in given),
        unaddressed=not case.address and any(map(_is_about_data, case.lines)),
        uncorrected=any(line.right == Right.RECTIFICATION for line in given)
        and not is_corrected(case),
        tasks_open=bool(given) and any(map(_is_open, case.tasks)),
    )


def _is_about_data(line: RequestLine) -> bool:
    """Whether the answer says something of what is held, were it that nothing is."""
    return line.right in NEEDS_MAILBOX and line.outcome not in REFUSALS


def _is_open(task: Task) -> bool:
    """Whether somebody must look elsewhere first; processors are told in the act of answering."""
    return task.kind == TaskKind.SYSTEM and task.done_at is None


def is_corrected(case: RightsRequest) -> bool:
    """Whether something was corrected, and no correction waits any more."""
    return bool(case.corrections) and all(each.done_at for each in case.corrections)


def bases_of(fingerprint: str) -> frozenset[LawfulBasis]:
    """On what the lists rest that the person stands on now."""
    return frozenset(each.mailing_list.basis for each in not_ended(fingerprint))


def is_closed(right: Right, bases: Iterable[LawfulBasis]) -> bool:
    """Whether no basis opens the right; objecting to letters is absolute (GDPR art. 21(3))."""
    if right in AT_ONCE or right.value not in set(Opened):
        return False
    answers = [opens(basis, Opened(right.value)).is_open for basis in bases]
    return bool(answers) and not any(answers)


def move(case: RightsRequest, event: Event, given: Facts) -> None:
    """Let the event happen to the case; raises Refused, with the reason, when it may not."""
    case.state = after(case.state, event, given)


def require_open(case: RightsRequest) -> None:
    """Raises Refused once it is closed, or decided: its letters say what was read."""
    if case.state in FINAL:
        raise Refused(Refusal.IS_CLOSED)
    if case.state == State.READY:
        raise Refused(Refusal.NOT_NOW)


def line_of(case: RightsRequest, right: Right) -> RequestLine | None:
    """The line of that right, when the case has one."""
    return next((line for line in case.lines if line.right == right), None)
