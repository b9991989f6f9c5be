"""What a granted right does, one function each; copies are made before anything is erased.

access and portability: files | rectification, restriction, objection, erasure: their effect
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from flask_babel import force_locale

from mailer.consent import operations as consent
from mailer.consent.evidence import Method
from mailer.consent.models import Reason
from mailer.consent.queries import is_sendable
from mailer.rights import copies, erasure, portable
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.requesters import Requester
from mailer.rights.sections import Section
from mailer.subscriptions import operations as subscriptions

Files = dict[str, str]


def files(
    case: RightsRequest, given: Collection[Right], sections: Sequence[Section], at: datetime
) -> Files:
    """What is handed over, by the name of the file; nothing when no right gives a copy."""
    with force_locale(case.language):
        written = (write for right, write in WRITES.items() if right in given)
        return {name: text for write in written for name, text in write(case, sections, at).items()}


def execute(case: RightsRequest, given: Collection[Right], at: datetime) -> None:
    """Do what is granted, in the order of the table."""
    for right, effect in EFFECTS.items():
        if right in given:
            effect(case, at)


def _access(case: RightsRequest, sections: Sequence[Section], at: datetime) -> Files:
    return {
        "copie.html": copies.as_page(sections, at),
        "copie.json": copies.as_json(sections, case.fingerprint, at),
    }


def _portability(_case: RightsRequest, sections: Sequence[Section], at: datetime) -> Files:
    provided = portable.provided(sections)
    return {
        "donnees.json": portable.as_json(provided, at),
        "donnees.csv": portable.as_csv(provided),
    }


def _objection(case: RightsRequest, at: datetime) -> None:
    """Done when it was received; whoever came back by mistake meanwhile is stopped again."""
    if is_sendable(case.fingerprint):
        consent.suppress(case.fingerprint, Reason.OBJECTION, at, f"request:{case.id}")
    subscriptions.end_all(case.fingerprint, f"request:{case.id}", at)


def _restriction(case: RightsRequest, at: datetime) -> None:
    """Frozen since it was received; granting it makes that last until it is lifted."""
    if is_sendable(case.fingerprint):
        consent.suppress(case.fingerprint, Reason.RESTRICTION, at, f"request:{case.id}")


def _post_mortem(case: RightsRequest, at: datetime) -> None:
    """The death is recorded: nothing is sent any more (loi 78-17 art. 85)."""
    if case.requester == Requester.HEIR:
        _objection(case, at)


def _erasure(case: RightsRequest, at: datetime) -> None:
    erasure.erase(case.fingerprint, at, Method.RIGHTS_REQUEST, origin=f"request:{case.id}")


# Each makes files, which must hold what is there before it is erased (GDPR art. 15, 20).
WRITES: Mapping[Right, Callable[[RightsRequest, Sequence[Section], datetime], Files]] = {
    Right.ACCESS: _access,
    Right.PORTABILITY: _portability,
}

EFFECTS: Mapping[Right, Callable[[RightsRequest, datetime], None]] = {
    Right.OBJECTION: _objection,
    Right.WITHDRAWAL: _objection,
    Right.RESTRICTION: _restriction,
    Right.POST_MORTEM: _post_mortem,
    Right.ERASURE: _erasure,
}
