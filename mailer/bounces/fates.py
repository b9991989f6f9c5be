"""What became of a mail that left, in the four ways that are told apart at the desk."""

from enum import StrEnum

from mailer.delivery.consequences import REJECTED, RETURNED, Consequence
from mailer.delivery.states import DeliveryState

LEFT = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCERTAIN)
# Enhanced status codes (RFC 3463), by what they mean; the longer one outweighs its beginning.
CODES = sorted(REJECTED, key=lambda code: -code.count("."))
GONE = frozenset(each for each, meant in RETURNED.items() if meant is Consequence.SUPPRESS)
OURS = frozenset(each for each, meant in RETURNED.items() if meant is Consequence.STOP)


class Fate(StrEnum):
    """`dead` is an address that is none, `soft` a mailbox that may live, `ours` our own fault."""

    ARRIVED = "arrived"
    DEAD = "dead"
    SOFT = "soft"
    OURS = "ours"


BY_CONSEQUENCE = {
    Consequence.SUPPRESS: Fate.DEAD,
    Consequence.COUNT: Fate.SOFT,
    Consequence.STOP: Fate.OURS,
}
