"""When a mail or a relay is tried again, and when that ends (the schedule of Postfix)."""

from datetime import datetime, timedelta

FIRST_WAITS = (timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
LONGEST_WAIT = timedelta(seconds=4000)

# A relay that does not answer is tried again within a minute of its return.
FIRST_RELAY_PAUSE = timedelta(seconds=30)
LONGEST_RELAY_PAUSE = timedelta(seconds=60)

# Postfix: maximal_queue_lifetime.
PATIENCE = timedelta(days=5)
# Nobody waits longer than a day for the mail that lets them in.
CONFIRMATION_PATIENCE = timedelta(hours=24)


def next_attempt(attempt: int, at: datetime) -> datetime | None:
    """When to try again after that attempt, the first one being 1, failed; None to give up."""
    waited = sum((_wait(number) for number in range(1, attempt)), timedelta())
    return at + _wait(attempt) if waited + _wait(attempt) <= PATIENCE else None


def _wait(attempt: int) -> timedelta:
    """5, 15 and 60 minutes; twice the last of them is already more than the longest."""
    return FIRST_WAITS[attempt - 1] if attempt <= len(FIRST_WAITS) else LONGEST_WAIT


def relay_pause(times: int) -> timedelta:
    """How long a relay is left alone that failed so many times in a row."""
    return FIRST_RELAY_PAUSE if times == 1 else LONGEST_RELAY_PAUSE
