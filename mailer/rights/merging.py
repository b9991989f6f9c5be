"""Two requests of one mailbox become one; a request of another mailbox never joins it."""

from dataclasses import replace
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from mailer.audit.operations import record
from mailer.rights import writing
from mailer.rights.circumstances import facts, move
from mailer.rights.identity import needed_for
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import RequestLine, RightsRequest
from mailer.rights.operations import add_tasks, finish, subject
from mailer.rights.proceedings import Note
from mailer.rights.states import OPEN, Event, Facts, State


def merge(case: RightsRequest, other: RightsRequest, reason: str, actor: str, at: datetime) -> None:
    """Close the case as a repetition of the other, which takes over the rights it lacks.

    No proof of identity goes over: what this one does not prove stays with it, and its words go
    along as a note. Raises Refused for a right that is not proven, when the mailboxes or
    those who ask differ, when the other came later, is the case itself, decided or closed.
    """
    move(case, Event.MARK_DUPLICATE, _compared(case, other, facts(case, at, reason)))
    lacking = _lacking(case, other)
    other.lines += [RequestLine(right=right) for right in lacking]
    if other.state != State.RECEIVED:
        add_tasks(other)
    case.related_to = other.reference
    other.notes.append(Note(at=at, by=actor, words=f"{case.reference}\n{case.verbatim}".strip()))
    with force_locale(case.language):
        ending = _(
            "Elle répète votre demande %(reference)s, qui suit son cours.",
            reference=other.reference,
        )
    writing.write(case, Kind.CLOSURE, {"ending": str(ending)}, at)
    finish(case, reason, actor, at)
    record(actor, Event.MARK_DUPLICATE.value, subject(case))
    record(actor, "take-over", subject(other))


def _lacking(case: RightsRequest, other: RightsRequest) -> list[Right]:
    """The rights that the other takes over."""
    return [right for right in case.rights if right not in other.rights]


def _compared(case: RightsRequest, other: RightsRequest, known: Facts) -> Facts:
    is_decided = any(line.outcome for line in other.lines)
    return replace(
        known,
        other_is_over=other.id == case.id or other.state not in OPEN or is_decided,
        same_mailbox=case.fingerprint == other.fingerprint,
        same_requester=(case.requester, case.contact) == (other.requester, other.contact),
        is_older=case.received_on < other.received_on,
        unproven_repeat=case.level < needed_for(_lacking(case, other), case.requester),
    )
