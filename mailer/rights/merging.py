"""Two requests of one mailbox become one; a request of another mailbox never joins it."""

from dataclasses import replace
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from mailer.audit.operations import record
from mailer.errors import Conflict
from mailer.rights import writing
from mailer.rights.circumstances import facts, move
from mailer.rights.letters import Kind
from mailer.rights.models import RequestLine, RightsRequest
from mailer.rights.operations import finish, subject
from mailer.rights.states import OPEN, Event


def merge(case: RightsRequest, other: RightsRequest, reason: str, actor: str, at: datetime) -> None:
    """Close the case as a repetition of the other, which takes over the rights it lacks.

    No proof of identity goes over: each case has its own. Raises Refused when the mailboxes
    differ, Conflict when the other is the case itself, decided or closed.
    """
    if other.id == case.id or other.state not in OPEN or any(line.outcome for line in other.lines):
        raise Conflict("other request")
    same = case.fingerprint == other.fingerprint
    move(case, Event.MARK_DUPLICATE, replace(facts(case, at, reason), same_mailbox=same))
    lacking = [right for right in case.rights if right not in other.rights]
    other.lines += [RequestLine(right=right) for right in lacking]
    case.related_to = other.reference
    with force_locale(case.language):
        ending = _(
            "Elle répète votre demande %(reference)s, qui suit son cours.",
            reference=other.reference,
        )
    writing.write(case, Kind.CLOSURE, {"ending": str(ending)}, at)
    finish(case, reason, actor, at)
    record(actor, Event.MARK_DUPLICATE.value, subject(case))
