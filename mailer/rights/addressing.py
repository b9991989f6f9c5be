"""Where a letter goes: to the person, to who asks in their name, or on paper.

What tells whether data are held goes to the mailbox on file alone, whoever asks from wherever.
"""

from dataclasses import dataclass

from mailer.rights.carriage import Via
from mailer.rights.grounds import Ground
from mailer.rights.identity import Level
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest
from mailer.rights.requesters import REPRESENTING, Requester

# They hand data over, or say that there are none.
HANDING = frozenset({Kind.A4, Kind.A4_NOTHING, Kind.A7C})
# They tell nothing of what is held.
NEUTRAL = frozenset({Kind.A1, Kind.A1B, Kind.A2, Kind.A2B, Kind.A3, Kind.A9, Kind.CLOSURE})
# They read the same for anybody, known or not, and are owed to who asks without any proof.
ALIKE = frozenset({Kind.A6, Kind.A7B})


@dataclass(frozen=True)
class Destination:
    """By which way a letter goes, and to which mailbox when it goes by mail."""

    via: Via
    mailbox: str = ""


def destination(case: RightsRequest, kind: Kind, grounds: set[Ground] | None = None) -> Destination:
    """Where the letter of that kind goes; by other grounds than those of the case, when given."""
    because = {line.ground for line in case.lines if line.ground} if grounds is None else grounds
    if kind == Kind.A1B:
        return Destination(Via.HAND)
    if kind in HANDING and case.address:
        return Destination(Via.EMAIL, case.address)
    if not _may_tell(case, kind, because):
        return on_file(case)
    if case.answer_via != Via.EMAIL:
        return Destination(case.answer_via)
    return Destination(Via.EMAIL, case.contact or case.address)


def on_file(case: RightsRequest) -> Destination:
    """The mailbox that the request is about, or paper when it names none."""
    return Destination(Via.EMAIL, case.address) if case.address else Destination(Via.POST)


def has_two_readers(case: RightsRequest) -> bool:
    """Whether the answer is owed to the living person on file and to who acts for them, proven."""
    is_for_living = case.requester in REPRESENTING - {Requester.HEIR}
    where = on_file(case)
    is_elsewhere = destination(case, Kind.CLOSURE) != where
    is_proven = case.level >= Level.DOCUMENT
    return is_for_living and is_proven and is_elsewhere and where.via == Via.EMAIL


def _may_tell(case: RightsRequest, kind: Kind, grounds: set[Ground]) -> bool:
    """Whether it may go elsewhere than to the mailbox on file: proven, or nothing told.

    A verified paper for who asks for somebody else; for a paper letter, facts that we hold, since
    whoever wrote may have given any postal address.
    """
    is_unidentified = kind == Kind.A8 and grounds == {Ground.NOT_IDENTIFIED}
    if kind in NEUTRAL or is_unidentified:
        return True
    if case.requester in REPRESENTING:
        return case.level >= Level.DOCUMENT
    return case.level >= Level.FACTS or kind in ALIKE
