"""What is done to series of letters: set up, given letters, started, stopped. Pauses: rounds.py."""

from datetime import datetime

from mailer.accounts.queries import actor_of
from mailer.audit import operations as audit
from mailer.db import db
from mailer.delivery import pipeline, rounds
from mailer.delivery import sequence_queries as queries
from mailer.delivery.sequence_models import Sequence, SequenceStep
from mailer.delivery.sequence_rules import (
    BEGINNING,
    SEQUENCE,
    SequenceEvent,
    SequenceState,
)
from mailer.delivery.states import after
from mailer.errors import Conflict
from mailer.newsletters import approving
from mailer.newsletters import queries as newsletters
from mailer.subscriptions import closing
from mailer.subscriptions import queries as lists


def set_up(list_id: int, account_id: int, at: datetime) -> Sequence:
    """The series of the list, without letters yet; raises Conflict when it has one."""
    closing.refuse(list_id)
    lists.held_list(list_id)
    if queries.of_list(list_id):
        raise Conflict("sequence")
    made = Sequence(list_id=list_id, created_by=account_id, created_at=at)
    db.session.add(made)
    db.session.flush()
    audit.record(actor_of(account_id), "set-up", f"sequence:{made.id}")
    return made


def add(sequence: Sequence, days: int, issue_id: int, actor: str, at: datetime) -> SequenceStep:
    """Give it a letter for that day; whoever is past that day does not get it."""
    _check(sequence, None, days, issue_id)
    step = SequenceStep(days=days, issue_id=issue_id, planned_at=at)
    sequence.steps.append(step)
    _changed(sequence, actor)
    return step


def change(step: SequenceStep, days: int, issue_id: int, actor: str, at: datetime) -> None:
    """Another day, or another letter; whoever has had the one does not get the other."""
    _check(step.sequence, step, days, issue_id)
    if step.days != days:
        step.days, step.planned_at = days, at
    if step.issue_id != issue_id:
        _give_up([step], actor, at)
        step.issue_id, step.content_hash = issue_id, ""
    _changed(step.sequence, actor)


def remove(step: SequenceStep, actor: str, at: datetime) -> None:
    """Nobody gets the letter any more; what left of it stays in the ledger."""
    sequence = step.sequence
    _check_still(sequence)
    _give_up([step], actor, at)
    sequence.steps.remove(step)
    _changed(sequence, actor)


def start(sequence: Sequence, account_id: int, at: datetime) -> None:
    """Have it leave by itself as it is now; from a stop, for those who confirm from now on.

    Raises Conflict for a series without letters, or with one that may not leave.
    """
    closing.refuse(sequence.list_id)
    if not sequence.steps or unready(sequence):
        raise Conflict("a letter is missing or not approved")
    if sequence.state in BEGINNING:
        sequence.started_at = at
    sequence.state = after(SEQUENCE, sequence.state, SequenceEvent.START)
    sequence.confirmed_by, sequence.confirmed_at = account_id, at
    for step in sequence.steps:
        step.content_hash = approving.verified(step.issue).content_hash
    rounds.resume(sequence, actor_of(account_id), at)
    audit.record(actor_of(account_id), "start", f"sequence:{sequence.id}")
    db.session.flush()


def stop(sequence: Sequence, actor: str, at: datetime) -> None:
    """End it for everybody: whoever waits for a letter does not get it."""
    sequence.state = after(SEQUENCE, sequence.state, SequenceEvent.STOP)
    _give_up(sequence.steps, actor, at)
    audit.record(actor, "stop", f"sequence:{sequence.id}")
    db.session.flush()


def unready(sequence: Sequence) -> list[SequenceStep]:
    """The steps whose letter may not leave: not approved, or by too few for so many readers."""
    return [step for step in sequence.steps if not _is_ready(step)]


def _is_ready(step: SequenceStep) -> bool:
    try:
        approving.verified(step.issue)
    except Conflict:
        return False
    return not (approving.was_alone(step.issue) and approving.needs_another(step.issue))


def is_as_confirmed(step: SequenceStep) -> bool:
    """Whether the letter is, to the letter, the one that somebody had leave by itself."""
    try:
        letter = approving.verified(step.issue)
    except Conflict:
        return False
    return letter.content_hash == step.content_hash


def _check(sequence: Sequence, step: SequenceStep | None, days: int, issue_id: int) -> None:
    _check_still(sequence)
    issue = newsletters.issue(issue_id)
    if issue.newsletter.list_id != sequence.list_id:
        raise Conflict("the letter is for another list")
    others = [each for each in sequence.steps if each is not step]
    if any(each.days == days or each.issue_id == issue_id for each in others):
        raise Conflict("the series has that day or that letter already")


def _check_still(sequence: Sequence) -> None:
    if sequence.state is SequenceState.RUNNING:
        raise Conflict("a series that runs is paused before it is changed")


def _give_up(steps: list[SequenceStep], actor: str, at: datetime) -> None:
    for step in steps:
        for each in step.rounds:
            pipeline.give_up(each.campaign_id, actor, at)


def _changed(sequence: Sequence, actor: str) -> None:
    audit.record(actor, "change", f"sequence:{sequence.id}")
    db.session.flush()
