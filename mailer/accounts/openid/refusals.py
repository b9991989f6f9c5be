"""Why signing in through the provider came to nothing."""

from enum import StrEnum

from mailer.errors import Invalid


class Refusal(StrEnum):
    """The code in the log; the words for people stand in words.py."""

    # They, or the provider, said no.
    DECLINED = "declined"
    # The answer is to no question of this browser, or to one that is over.
    FOREIGN = "foreign"
    UNREACHABLE = "unreachable"
    # The provider answered what its own rules forbid, or somebody in its place.
    NOT_BELIEVED = "not-believed"
    # Nobody vouches for the address.
    UNVERIFIED = "unverified"
    # Nobody invited them.
    UNKNOWN = "unknown"
    # The address belongs to an account that somebody else of the provider uses.
    TAKEN = "taken"


class Refused(Invalid):
    """Nobody is signed in; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
