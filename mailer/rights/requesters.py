"""Who asks: the person, somebody in their name, or the officer by themselves."""

from collections.abc import Iterable
from enum import StrEnum

from mailer.rights.kinds import FREEZING, Right


class Requester(StrEnum):
    """On whose behalf a request is made, and by which title."""

    SELF = "self"
    # A special mandate, and the identity of both (décret 2019-536).
    MANDATE = "mandate"
    # Who holds parental authority over somebody under 15 (loi 78-17 art. 45).
    PARENT = "parent"
    # Of somebody who has died (loi 78-17 art. 85).
    HEIR = "heir"
    OFFICER = "officer"


# They show a paper: a mandate, a family record, a deed.
REPRESENTING = frozenset({Requester.MANDATE, Requester.PARENT, Requester.HEIR})


def freezes(rights: Iterable[Right], requester: Requester) -> bool:
    """Whether sending stops at receipt, until it is decided.

    A credible notice of somebody's death is enough; directives for later stop nothing now.
    """
    asked = set(rights)
    return tells_of_death(asked, requester) or bool(FREEZING & asked)


def tells_of_death(rights: Iterable[Right], requester: Requester) -> bool:
    """Whether an heir tells that somebody has died, which the form takes as that same right."""
    return requester == Requester.HEIR and Right.POST_MORTEM in set(rights)
