"""Whose case it is: taken in hand, several at once, and given back as long as nobody else took it.

Tasks that came with it stay: a processor is to be told whoever has the case (GDPR art. 19).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mailer.audit.operations import record
from mailer.rights import queries
from mailer.rights.circumstances import facts, move
from mailer.rights.models import RightsRequest
from mailer.rights.operations import assign, subject
from mailer.rights.states import Event, Refusal, Refused


@dataclass(frozen=True)
class Taken:
    """Who had each case before, by its reference; and why the others could not be taken."""

    before: Mapping[str, str]
    refused: Mapping[str, Refusal]


def take(references: Iterable[str], actor: str, at: datetime) -> Taken:
    """Put the cases into the officer's hands; one that is refused keeps no other from it."""
    before: dict[str, str] = {}
    refused: dict[str, Refusal] = {}
    # In one order, so that two who take the same cases do not wait for each other.
    for reference in sorted(set(references)):
        case = queries.held(reference)
        had = case.assignee
        try:
            assign(case, actor, at)
        except Refused as error:
            refused[reference] = error.why
        else:
            before[reference] = had
    return Taken(before, refused)


def give_back(case: RightsRequest, to: str, actor: str, at: datetime) -> None:
    """Let the case be whose it was, or nobody's; raises Refused once it is somebody else's."""
    if case.assignee != actor:
        raise Refused(Refusal.NOT_YOURS)
    event = Event.ASSIGN if to else Event.UNASSIGN
    move(case, event, facts(case, at, actor=to or actor))
    case.assignee = to
    record(actor, "unassign", subject(case))


def give_all_back(before: Mapping[str, str], actor: str, at: datetime) -> Mapping[str, Refusal]:
    """The same for each of the cases; the reasons of those that could not be given back."""
    refused: dict[str, Refusal] = {}
    for reference, to in sorted(before.items()):
        try:
            give_back(queries.held(reference), to, actor, at)
        except Refused as error:
            refused[reference] = error.why
    return refused
