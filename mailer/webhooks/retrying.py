"""When a delivery that failed is tried again: sooner at first, over three days in all."""

from datetime import datetime, timedelta

# As Standard Webhooks proposes, "Deliverability and reliability"; together 72 h less half an hour.
DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=16),
    timedelta(hours=24),
)
PATIENCE = sum(DELAYS, timedelta())
# Nobody else waits behind a receiver that is silent; and one that is back is found soon.
SHORTEST_REST, LONGEST_REST = DELAYS[0], timedelta(minutes=10)
GONE = 410


def next_delay(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None when it is given up."""
    return DELAYS[attempts - 1] if attempts <= len(DELAYS) else None


def rest(failing_since: datetime, at: datetime) -> timedelta:
    """How long to send nothing to a receiver that has taken nothing since then."""
    return min(max(at - failing_since, SHORTEST_REST), LONGEST_REST)


def is_hopeless(failing_since: datetime, at: datetime) -> bool:
    """Whether a receiver has taken nothing for as long as one message is tried."""
    return at - failing_since >= PATIENCE


def is_taken(status: int | None) -> bool:
    """Whether the receiver has it: any 2xx."""
    return status is not None and status // 100 == 2  # noqa: PLR2004 - the family of success


def is_gone(status: int | None) -> bool:
    """Whether the receiver says that nobody listens there any more."""
    return status == GONE
