"""How sure we are of who asks, and how sure each right needs us to be (GDPR art. 12(2), 12(6))."""

from collections.abc import Iterable
from enum import IntEnum

from mailer.rights.kinds import NEEDS_MAILBOX, Right


class Level(IntEnum):
    """Each holds the one before."""

    NONE = 0
    MAILBOX = 1
    # Facts that we hold and that only the person would know, compared by the officer.
    FACTS = 2
    DOCUMENT = 3


# Only an heir or an executor may give them (loi 78-17 art. 85).
NEEDS_DOCUMENT = frozenset({Right.POST_MORTEM})

# What may be asked for, when the officer has written a doubt down.
ASKABLE = (Level.FACTS, Level.DOCUMENT)


def needed(right: Right) -> Level:
    """The least that the right needs: nothing to be left alone, the mailbox to receive data."""
    if right in NEEDS_DOCUMENT:
        return Level.DOCUMENT
    return Level.MAILBOX if right in NEEDS_MAILBOX else Level.NONE


def needed_for(rights: Iterable[Right]) -> Level:
    """The most that one of the rights needs."""
    return max((needed(right) for right in rights), default=Level.NONE)
