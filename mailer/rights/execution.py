"""What a granted right does, one function each; copies are made before anything is erased.

access and portability | rectification | restriction | erasure, and each says what the letter adds
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from mailer.consent import operations as consent
from mailer.consent.evidence import Method
from mailer.consent.models import Reason
from mailer.consent.queries import is_sendable
from mailer.rights import copies, erasure, handover, portable
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.states import GIVING
from mailer.subscriptions import operations as subscriptions

Files = dict[str, str]


def execute(case: RightsRequest, at: datetime) -> list[str]:
    """Do what the lines grant, in the order of the tables; gives the sentences for the letter."""
    granted = {line.right for line in case.lines if line.outcome in GIVING}
    with force_locale(case.language):
        files: Files = {}
        for right, write in WRITES.items():
            if right in granted:
                files |= write(case, at)
        said = [handover.announce(handover.make(case, files, at))] if files else []
        said += [effect(case, at) for right, effect in EFFECTS.items() if right in granted]
    return [sentence for sentence in said if sentence]


def _access(case: RightsRequest, at: datetime) -> Files:
    sections = copies.of(case.fingerprint)
    return {
        "copie.html": copies.as_page(sections, at),
        "copie.json": copies.as_json(sections, case.fingerprint, at),
    }


def _portability(case: RightsRequest, at: datetime) -> Files:
    provided = portable.provided(copies.of(case.fingerprint))
    return {
        "donnees.json": portable.as_json(provided, at),
        "donnees.csv": portable.as_csv(provided),
    }


def _objection(case: RightsRequest, at: datetime) -> str:
    """Done when it was received; whoever came back by mistake meanwhile is stopped again."""
    if is_sendable(case.fingerprint):
        consent.suppress(case.fingerprint, Reason.OBJECTION, at, f"request:{case.id}")
    subscriptions.end_all(case.fingerprint, f"request:{case.id}", at)
    return ""


def _restriction(case: RightsRequest, at: datetime) -> str:
    """Frozen since it was received; granting it makes that last until it is lifted."""
    if is_sendable(case.fingerprint):
        consent.suppress(case.fingerprint, Reason.RESTRICTION, at, f"request:{case.id}")
    return str(
        _(
            "Vos données sont mises de côté : nous les gardons sans nous en servir. Nous vous"
            " préviendrons avant d’y mettre fin."
        )
    )


def _erasure(case: RightsRequest, at: datetime) -> str:
    erased = erasure.erase(case.fingerprint, at, Method.RIGHTS_REQUEST, origin=f"request:{case.id}")
    return "" if erased.rows else str(_("Nous n’avions rien à effacer à cette adresse."))


# Each makes files, which must hold what is there before it is erased (GDPR art. 15, 20).
WRITES: Mapping[Right, Callable[[RightsRequest, datetime], Files]] = {
    Right.ACCESS: _access,
    Right.PORTABILITY: _portability,
}

EFFECTS: Mapping[Right, Callable[[RightsRequest, datetime], str]] = {
    Right.OBJECTION: _objection,
    Right.WITHDRAWAL: _objection,
    Right.RESTRICTION: _restriction,
    Right.ERASURE: _erasure,
}
