"""Where a letter goes: to the person, to who asks in their name, or on paper.

What tells whether data are held goes to the mailbox on file alone, whoever asks from wherever.
"""

from dataclasses import dataclass

from mailer.rights.carriage import Via
from mailer.rights.grounds import Ground
from mailer.rights.identity import Level
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest
from mailer.rights.requesters import REPRESENTING

# They hand data over, or say that there are none.
HANDING = frozenset({Kind.A4, Kind.A4_NOTHING, Kind.A7C})
# They tell nothing of what is held.
NEUTRAL = frozenset({Kind.A1, Kind.A1B, Kind.A2, Kind.A2B, Kind.A3, Kind.A9, Kind.CLOSURE})


@dataclass(frozen=True)
class Destination:
    """By which way a letter goes, and to which mailbox when it goes by mail."""

    via: Via
    mailbox: str = ""


def destination(case: RightsRequest, kind: Kind) -> Destination:
    """Where the letter of that kind goes."""
    if kind == Kind.A1B:
        return Destination(Via.HAND)
    if kind in HANDING and case.address:
        return Destination(Via.EMAIL, case.address)
    if case.requester in REPRESENTING and not _may_tell(case, kind):
        return on_file(case)
    if case.answer_via != Via.EMAIL:
        return Destination(case.answer_via)
    return Destination(Via.EMAIL, case.contact or case.address)


def on_file(case: RightsRequest) -> Destination:
    """The mailbox that the request is about, or paper when it names none."""
    return Destination(Via.EMAIL, case.address) if case.address else Destination(Via.POST)


def _may_tell(case: RightsRequest, kind: Kind) -> bool:
    """Whether who asks for somebody else may read it: a verified paper, or nothing told."""
    grounds = {line.ground for line in case.lines if line.ground}
    is_unidentified = kind == Kind.A8 and grounds == {Ground.NOT_IDENTIFIED}
    return case.level >= Level.DOCUMENT or kind in NEUTRAL or is_unidentified
