"""When a delivery that failed is tried again: sooner at first, over three days in all."""

from datetime import timedelta

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
GONE = 410


def next_delay(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None when it is given up."""
    return DELAYS[attempts - 1] if attempts <= len(DELAYS) else None


def is_taken(status: int | None) -> bool:
    """Whether the receiver has it: any 2xx."""
    return status is not None and status // 100 == 2  # noqa: PLR2004 - the family of success


def is_gone(status: int | None) -> bool:
    """Whether the receiver says that nobody listens there any more."""
    return status == GONE
