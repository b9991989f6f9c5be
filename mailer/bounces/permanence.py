"""Whether a recipient is out of reach for good, and whether their address is dead."""

from mailer.bounces.findings import Finding
from mailer.bounces.reasons import statuses
from mailer.mail.returned import Reason, Returned

DEAD = frozenset({Reason.USER_UNKNOWN, Reason.HOST_UNKNOWN, Reason.HAS_MOVED})


def is_permanent(finding: Finding) -> bool:
    """The action decides, then the codes; without either, whoever reports has given up."""
    if finding.action == "delayed":
        return False
    code = finding.status or statuses.enhanced(finding.said) or statuses.reply(finding.said)
    return not code.startswith("4")


def is_dead(returned: Returned) -> bool:
    """Whether nothing that is sent to the address will ever arrive."""
    if returned.reason is Reason.NOT_ACCEPT:
        return returned.is_permanent is True
    return returned.reason in DEAD
