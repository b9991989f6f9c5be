"""Ending a restriction: the person is told first, and only then is it lifted (GDPR art. 18(3))."""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from mailer.audit.operations import record
from mailer.consent import operations as consent
from mailer.errors import Conflict
from mailer.rights import queries
from mailer.rights.circumstances import line_of
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest
from mailer.rights.operations import subject, tell
from mailer.rights.states import GIVING


def is_restricted(case: RightsRequest) -> bool:
    """Whether the case holds somebody's data aside, and has not let go."""
    line = line_of(case, Right.RESTRICTION)
    return line is not None and line.outcome in GIVING and case.lifted_at is None


def announce(case: RightsRequest, reason: str, actor: str, at: datetime) -> None:
    """Tell the person that the restriction will end, and why."""
    if not is_restricted(case):
        raise Conflict("not restricted")
    case.lift_told_at = at
    with force_locale(case.language):
        effect = _(
            "Vos données ne seront bientôt plus mises de côté : nous nous en servirons de nouveau."
        )
    tell(case, Kind.A7B_END, {"effect": str(effect), "facts": reason}, at)
    record(actor, "announce-lifting", subject(case))


def lift(case: RightsRequest, actor: str, at: datetime) -> None:
    """Let the data be used again; raises Conflict before the person was told."""
    if not is_restricted(case) or case.lift_told_at is None:
        raise Conflict("not told")
    case.lifted_at = at
    record(actor, "lift", subject(case))
    if not queries.is_frozen(case.fingerprint):
        consent.unrestrict(case.fingerprint, at, subject(case))
