"""How long a piece of work will still take, from how long it took so far."""

from datetime import datetime, timedelta


def time_left(done: int, total: int, at: datetime, began: datetime | None) -> timedelta | None:
    """About how long; nothing before there is something to judge by."""
    if began is None or not 0 < done <= total:
        return None
    return (at - began) * ((total - done) / done)
