"""When a mailbox that does not take our mails counts as dead, and when refusals are our fault."""

from collections.abc import Sequence
from datetime import datetime, timedelta

# So many letters in a row came back, over so long: a full mailbox that nobody empties any more.
SOFT_IN_A_ROW = 5
SOFT_OVER = timedelta(days=30)
# Fewer may be the whim of one server; beyond, no letter should leave before somebody has looked.
OURS_AT_LEAST = 5
OURS_OF_HUNDRED = 2


def is_exhausted(in_a_row: Sequence[datetime]) -> bool:
    """Whether the letters that came back since the last one that arrived are too many."""
    if len(in_a_row) < SOFT_IN_A_ROW:
        return False
    return max(in_a_row) - min(in_a_row) >= SOFT_OVER


def is_our_fault(returned: int, left: int) -> bool:
    """Whether so many of the letters that left were refused because of who sends them."""
    return returned >= OURS_AT_LEAST and returned * 100 >= left * OURS_OF_HUNDRED
