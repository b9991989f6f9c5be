"""When a deferred mail is tried again, and when that ends (the schedule of Postfix)."""

from datetime import datetime, timedelta

FIRST_WAITS = (timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
LONGEST_WAIT = timedelta(seconds=4000)

# Postfix: maximal_queue_lifetime.
PATIENCE = timedelta(days=5)
# Nobody waits longer than a day for the mail that lets them in.
CONFIRMATION_PATIENCE = timedelta(hours=24)


def next_attempt(attempt: int, at: datetime) -> datetime:
    """When to try again after the attempt of that number, the first one being 1, failed."""
    return at + _wait(attempt)


def is_over(since: datetime, at: datetime, patience: timedelta = PATIENCE) -> bool:
    """Whether a mail that waits since then is given up."""
    return at - since >= patience


def _wait(attempt: int) -> timedelta:
    if attempt <= len(FIRST_WAITS):
        return FIRST_WAITS[attempt - 1]
    doubled: timedelta = FIRST_WAITS[-1] * 2 ** min(attempt - len(FIRST_WAITS), 8)
    return min(doubled, LONGEST_WAIT)
