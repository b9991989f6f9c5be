"""Ending a restriction: the person is told first, and only then is it lifted (GDPR art. 18(3))."""

from datetime import date, datetime, timedelta

from mailer import rulebook
from mailer.audit.operations import record
from mailer.clock import paris_day
from mailer.consent import operations as consent
from mailer.errors import Conflict
from mailer.rights import queries, writing
from mailer.rights.circumstances import line_of
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest
from mailer.rights.operations import subject
from mailer.rights.states import GIVING


def is_restricted(case: RightsRequest) -> bool:
    """Whether the case holds somebody's data aside, and has not let go."""
    line = line_of(case, Right.RESTRICTION)
    return line is not None and line.outcome in GIVING and case.lifted_at is None


def ends_on(told: datetime) -> date:
    """The first day on which a restriction may end, once the person is told at that instant."""
    return paris_day(told) + timedelta(days=rulebook.load().figures.lifting_days.value)


def announce(case: RightsRequest, reason: str, actor: str, at: datetime) -> None:
    """Tell the person that the restriction will end, and why."""
    if not is_restricted(case):
        raise Conflict("not restricted")
    case.lift_told_at = at
    writing.write(case, Kind.A7B_END, {"lifted_on": ends_on(at), "facts": reason}, at)
    record(actor, "announce-lifting", subject(case))


def lift(case: RightsRequest, actor: str, at: datetime) -> None:
    """Let the data be used again; raises Conflict before the day that the person was told."""
    told = case.lift_told_at
    if not is_restricted(case) or told is None or paris_day(at) < ends_on(told):
        raise Conflict("not told")
    case.lifted_at = at
    record(actor, "lift", subject(case))
    if not queries.is_frozen(case.fingerprint):
        consent.unrestrict(case.fingerprint, at, subject(case))
