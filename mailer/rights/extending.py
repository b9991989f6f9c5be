"""Taking longer, once, for one of two reasons, told by the first due date (GDPR art. 12(3))."""

from dataclasses import dataclass
from datetime import datetime

from mailer.audit.operations import record
from mailer.clock import paris_day
from mailer.rights import writing
from mailer.rights.circumstances import facts, move
from mailer.rights.counting import recount
from mailer.rights.grounds import ExtensionGround
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest
from mailer.rights.operations import subject
from mailer.rights.proceedings import Extension
from mailer.rights.states import Event


@dataclass(frozen=True)
class Reasons:
    """Why it takes longer: which of the two, and the facts of this request."""

    ground: ExtensionGround
    facts: str


def extend(case: RightsRequest, why: Reasons, actor: str, at: datetime) -> None:
    """Count the date anew from receipt, and tell the person in the same act.

    Raises Refused after the first due date, a second time, or without the facts.
    """
    move(case, Event.EXTEND, facts(case, at, why.facts))
    case.extension = Extension(ground=why.ground, facts=why.facts, at=at, by=actor)
    recount(case, paris_day(at))
    writing.write(case, Kind.A3, {"facts": why.facts}, at)
    record(actor, "extend", subject(case))
