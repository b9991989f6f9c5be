"""How sure we are of who asks, and how sure each right needs us to be (GDPR art. 12(2), 12(6))."""

from collections.abc import Iterable
from enum import IntEnum

from mailer.rights.kinds import AT_ONCE, NEEDS_MAILBOX, Right
from mailer.rights.requesters import REPRESENTING, Requester


class Level(IntEnum):
    """Each holds the one before."""

    NONE = 0
    MAILBOX = 1
    # Facts that we hold and that only the person would know, compared by the officer.
    FACTS = 2
    DOCUMENT = 3


# What may be asked for, when the officer has written a doubt down.
ASKABLE = (Level.FACTS, Level.DOCUMENT)


def needed(right: Right, requester: Requester = Requester.SELF) -> Level:
    """The least that the right needs: nothing to be left alone, the mailbox to receive data.

    Whoever asks for somebody else shows a mandate or a deed, save to have letters stopped.
    """
    if right in AT_ONCE:
        return Level.NONE
    if requester in REPRESENTING:
        return Level.DOCUMENT
    return Level.MAILBOX if right in NEEDS_MAILBOX else Level.NONE


def needed_for(rights: Iterable[Right], requester: Requester = Requester.SELF) -> Level:
    """The most that one of the rights needs."""
    return max((needed(right, requester) for right in rights), default=Level.NONE)


def needs_proof(rights: Iterable[Right], requester: Requester = Requester.SELF) -> bool:
    """Whether one of the rights needs any; where none does, nothing may be asked either."""
    return needed_for(rights, requester) > Level.NONE
